import CCrypt
import Glibc

/// The owner's password as it is kept: a yescrypt hash (crypt(5)), from which nobody gets it back cheaply.
struct Password: Sendable, Equatable {
    let hash: String

    /// In characters. Long is what makes a password strong; nothing else is demanded.
    static let shortest = 10
    /// In bytes; crypt(3) takes 511.
    static let longest = 256

    enum Weakness: String, CaseIterable, Error {
        case tooShort, tooLong, oneCharacter, common
    }

    /// - Returns: `nil` where the password may be used.
    static func weakness(of password: String) -> Weakness? {
        if password.count < shortest { return .tooShort }
        if password.utf8.count > longest || password.utf8.contains(0) { return .tooLong }
        if Set(password).count < 4 { return .oneCharacter }
        let plain = password.lowercased().filter { $0.isLetter || $0.isNumber }
        return common.contains(where: { plain.hasPrefix($0) && plain.count <= $0.count + 4 }) ? .common : nil
    }

    /// Beginnings of passwords that every guessing program tries first.
    private static let common = [
        "password", "motdepasse", "passwort", "12345678", "0123456789", "azertyuiop", "qwertyuiop", "torbox",
        "iloveyou",
        "abcdefghij", "letmein", "administrator", "changeme",
    ]

    /// Makes the hash; takes a tenth of a second of processor time or more.
    ///
    /// - Throws: ``WebError`` where the C library has no yescrypt.
    init(hashing password: String) throws(WebError) {
        let length = Int(CRYPT_GENSALT_OUTPUT_SIZE)
        let setting = withUnsafeTemporaryAllocation(of: CChar.self, capacity: length) { buffer in
            // No count and no random bytes of our own: the library's cost, and the kernel's randomness.
            crypt_gensalt_rn("$y$", 0, nil, 0, buffer.baseAddress, Int32(length)).map { String(cString: $0) }
        }
        guard let setting, let hash = Self.crypt(password, setting), hash.hasPrefix("$y$")
        else { throw WebError(.password, "the password cannot be kept: this system's crypt(3) has no yescrypt") }
        self.hash = hash
    }

    init(stored hash: String) {
        self.hash = hash
    }

    /// Takes as long as making it.
    func matches(_ password: String) -> Bool {
        guard password.utf8.count <= Self.longest, let said = Self.crypt(password, hash),
            said.utf8.count == hash.utf8.count
        else { return false }
        return zip(said.utf8, hash.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func crypt(_ password: String, _ setting: String) -> String? {
        let work = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
        work.initialize(to: crypt_data())
        defer {
            // What it holds leads back to the password.
            explicit_bzero(work, MemoryLayout<crypt_data>.size)
            work.deallocate()
        }
        return crypt_rn(password, setting, work, Int32(MemoryLayout<crypt_data>.size)).map { String(cString: $0) }
    }
}

import BoxModel
import CCrypt
import Glibc

/// The owner's password as it is kept: a yescrypt hash (crypt(5)), from which nobody gets it back cheaply.
public struct Password: Sendable, Equatable {
    let hash: String

    /// Makes the hash; takes a tenth of a second of processor time or more.
    ///
    /// - Throws: `PassphraseWeakness` where it protects nothing; ``PasswordError`` where the C library has no yescrypt.
    public init(hashing password: String) throws {
        if let weakness = PassphraseWeakness(of: password) { throw weakness }
        let length = Int(CRYPT_GENSALT_OUTPUT_SIZE)
        let setting = withUnsafeTemporaryAllocation(of: CChar.self, capacity: length) { buffer in
            // No count and no random bytes of our own: the library's cost, and the kernel's randomness.
            crypt_gensalt_rn("$y$", 0, nil, 0, buffer.baseAddress, Int32(length)).map { String(cString: $0) }
        }
        guard let setting, let hash = Self.crypt(password, setting), hash.hasPrefix("$y$")
        else { throw PasswordError(.hash, "the password cannot be kept: this system's crypt(3) has no yescrypt") }
        self.hash = hash
    }

    /// - Returns: `nil` for what is no such hash.
    init?(stored hash: String) {
        guard hash.hasPrefix("$y$"), !hash.contains(where: \.isWhitespace) else { return nil }
        self.hash = hash
    }

    /// Takes as long as making it.
    public func matches(_ password: String) -> Bool {
        guard password.utf8.count <= PassphraseWeakness.longest, let said = Self.crypt(password, hash),
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

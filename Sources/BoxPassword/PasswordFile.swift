import HostSystem

/// Where the owner's password is kept; the pages and root's command write the same file.
public struct PasswordFile: Sendable {
    private let file: DurableFile

    public init(_ path: String) {
        file = DurableFile(path)
    }

    /// It belongs to the pages' user.
    public var folder: String { file.folder }

    /// Reads it anew, so that whoever asks knows a new password from the moment that it is kept.
    ///
    /// - Returns: `nil` where none was ever chosen.
    /// - Throws: ``PasswordError`` where the file is there and cannot be used: that must never look like a first visit.
    public func read() throws(PasswordError) -> Password? {
        guard file.exists else { return nil }
        let content: [UInt8]
        do {
            content = try file.readUntrusted(limit: 4096)
        } catch {
            throw PasswordError(.file, "\(error); as root, choose a new password by `torbox password`")
        }
        let lines = String(decoding: content, as: UTF8.self).split(separator: "\n")
        guard lines.count == 1, let password = Password(stored: String(lines[0])) else {
            throw PasswordError(
                .file, "\(file.path): no password is in it; as root, choose a new one by `torbox password`")
        }
        return password
    }

    /// Puts a password in the place of the one that is kept, or of none.
    ///
    /// - Throws: ``PasswordError``; the earlier one holds then.
    public func keep(_ password: Password) throws(PasswordError) {
        do {
            try file.replace(with: password.hash + "\n", mode: 0o600)
        } catch {
            throw PasswordError(.file, "\(error)")
        }
    }
}

import HostSystem

/// The owner of the box as the pages know them: by a password, which is chosen on the first visit.
actor Owner {
    private let file: DurableFile
    private var password: Password?

    /// - Throws: ``WebError`` where the file is there and cannot be used: that must never look like a first visit.
    init(file path: String) throws(WebError) {
        file = DurableFile(path)
        guard file.exists else { return }
        do {
            let lines = String(decoding: try file.read(limit: 4096), as: UTF8.self).split(separator: "\n")
            guard lines.count == 1, lines[0].hasPrefix("$y$") else {
                throw WebError(.owner, "\(path): no password is in it; as root, remove it to choose a new one")
            }
            password = Password(stored: String(lines[0]))
        } catch let error as WebError {
            throw error
        } catch {
            throw WebError(.owner, "\(path): cannot be read: \(error)")
        }
    }

    var isKnown: Bool { password != nil }

    /// Keeps the first password; a second one only by ``change(from:to:)``.
    ///
    /// - Returns: false where somebody else was first.
    func choose(_ new: String) throws -> Bool {
        guard password == nil else { return false }
        try keep(new)
        return true
    }

    /// - Returns: whether the old one was right, and the new one holds.
    func change(from old: String, to new: String) throws -> Bool {
        guard isOwner(old) else { return false }
        try keep(new)
        return true
    }

    /// One at a time, since each costs memory and processor time: a crowd that guesses waits for itself.
    func isOwner(_ said: String) -> Bool {
        password?.matches(said) ?? false
    }

    private func keep(_ new: String) throws {
        if let weakness = Password.weakness(of: new) { throw weakness }
        let hashed = try Password(hashing: new)
        try file.replace(with: hashed.hash + "\n", mode: 0o600)
        password = hashed
    }
}

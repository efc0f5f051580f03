import BoxPassword

/// The owner of the box as the pages know them: by a password, which is chosen on the first visit.
actor Owner {
    private let file: PasswordFile

    /// - Throws: `PasswordError` where there is a file and no password in it.
    init(file path: String) throws(PasswordError) {
        file = PasswordFile(path)
        _ = try file.read()
    }

    /// Not the actor's: whoever asks does not wait for those who guess.
    ///
    /// - Throws: as ``password``.
    nonisolated var isKnown: Bool { get throws(PasswordError) { try password != nil } }

    /// As it is kept now, by whomever: root may put another one there at any time.
    ///
    /// - Throws: `PasswordError` where the file can no longer be used.
    nonisolated var password: Password? { get throws(PasswordError) { try file.read() } }

    /// Keeps the first password; a second one only by ``change(from:to:)``.
    ///
    /// - Returns: what is kept now; `nil` where somebody else was first.
    func choose(_ new: String) throws -> Password? {
        try put(new, inPlaceOf: nil)
    }

    /// - Returns: whether the old one was right, and the new one holds.
    func change(from old: String, to new: String) throws -> Bool {
        guard let kept = try recognises(old) else { return false }
        return try put(new, inPlaceOf: kept) != nil
    }

    /// One at a time, since each costs memory and processor time: a crowd that guesses waits for itself.
    ///
    /// - Returns: the password that was said, if it is the owner's.
    func recognises(_ said: String) throws -> Password? {
        guard let kept = try password, kept.matches(said) else { return nil }
        return kept
    }

    private func put(_ new: String, inPlaceOf old: Password?) throws -> Password? {
        let hashed = try Password(hashing: new)
        // Making the hash takes so long that root can have chosen another one meanwhile.
        guard try password == old else { return nil }
        try file.keep(hashed)
        return hashed
    }
}

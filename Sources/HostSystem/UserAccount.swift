import Glibc

/// A system account, as the user database has it.
public struct UserAccount: Sendable, Hashable {
    public let user: uid_t
    public let group: gid_t

    init(user: uid_t, group: gid_t) {
        self.user = user
        self.group = group
    }

    /// Looks an account up by name.
    ///
    /// - Throws: ``HostError`` of kind `.process` where there is no such account.
    public init(named name: String) throws(HostError) {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var text = [CChar](repeating: 0, count: 16384)
        guard getpwnam_r(name, &entry, &text, text.count, &found) == 0, found != nil else {
            throw HostError(.process, "user \(name): no such account; install the package that brings it")
        }
        user = entry.pw_uid
        group = entry.pw_gid
    }
}

import Glibc

extension UserAccount {
    /// To whom a file or folder belongs.
    ///
    /// - Throws: ``HostError`` of kind `.file`.
    public init(owning path: String) throws(HostError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw HostError(.file, path, errno: errno) }
        self.init(user: status.st_uid, group: status.st_gid)
    }

    /// Makes this process the account's, without a way back; nothing to do where it is.
    ///
    /// - Throws: ``HostError`` of kind `.process`; some rights can be gone then.
    public func become() throws(HostError) {
        if geteuid() == user, getegid() == group { return }
        guard setgroups(0, nil) == 0, setgid(group) == 0, setuid(user) == 0 else {
            throw HostError(.process, "only root may act as another user", errno: errno)
        }
    }
}

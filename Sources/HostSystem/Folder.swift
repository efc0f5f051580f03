import Glibc

/// A folder of the box, made with its parents when it is missing.
public struct Folder: Sendable {
    public let path: String

    public init(_ path: String) {
        self.path = path
    }

    /// Makes the folder and its missing parents; an existing folder gets the mode and owner asked for.
    ///
    /// - Throws: ``HostError`` of kind `.file`.
    public func make(mode: mode_t = 0o755, owner: UserAccount? = nil) throws(HostError) {
        var parent = path.first == "/" ? "" : "."
        for part in path.split(separator: "/") {
            parent += "/" + part
            guard mkdir(parent, 0o755) == 0 || errno == EEXIST else { throw HostError(.file, parent, errno: errno) }
        }
        // What is as it should be is left alone: it may belong to another user, and changing it takes rights.
        var present = stat()
        guard stat(path, &present) == 0 else { throw HostError(.file, path, errno: errno) }
        if present.st_mode & 0o7777 != mode, chmod(path, mode) != 0 { throw HostError(.file, path, errno: errno) }
        if let owner, owner != UserAccount(user: present.st_uid, group: present.st_gid),
            chown(path, owner.user, owner.group) != 0
        {
            throw HostError(.file, path, errno: errno)
        }
    }
}

import Glibc

/// A system group, as the group database has it now.
public struct UserGroup: Sendable, Hashable {
    public let id: gid_t
    /// The accounts that have it besides their own group.
    public let members: Set<String>

    /// Looks a group up by name; `nil` where there is none.
    public init?(named name: String) {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        var text = [CChar](repeating: 0, count: 65536)
        guard getgrnam_r(name, &entry, &text, text.count, &found) == 0, found != nil else { return nil }
        id = entry.gr_gid
        var members: Set<String> = []
        var next = entry.gr_mem
        while let member = next?.pointee {
            members.insert(String(cString: member))
            next = next?.advanced(by: 1)
        }
        self.members = members
    }

    /// Whether an account is in the group, by its own group or as a member.
    public func includes(user: uid_t, group: gid_t) -> Bool {
        if group == id { return true }
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var text = [CChar](repeating: 0, count: 16384)
        guard getpwuid_r(user, &entry, &text, text.count, &found) == 0, found != nil else { return false }
        return entry.pw_gid == id || members.contains(String(cString: entry.pw_name))
    }
}

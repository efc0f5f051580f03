import Glibc
import HostSystem
import NIOCore

/// The account at the other end of a unix socket, as the kernel saw it connect (unix(7), SO_PEERCRED).
struct Peer: Sendable, Equatable {
    let process: pid_t
    let user: uid_t
    let group: gid_t

    /// The accounts that may ask besides root.
    static let admittedGroup = "torbox"

    var isAdmitted: Bool {
        user == 0 || UserGroup(named: Self.admittedGroup)?.includes(user: user, group: group) == true
    }

    /// - Throws: where the channel is no unix socket.
    static func of(_ channel: any Channel) async throws -> Peer {
        guard let options = channel as? any SocketOptionProvider else {
            throw Refusal(.notAdmitted, "the socket does not tell who asks")
        }
        // The kernel writes its struct ucred, which has just these three members.
        return try await options.unsafeGetSocketOption(
            level: SocketOptionLevel(SOL_SOCKET), name: SocketOptionName(SO_PEERCRED)
        ).get()
    }
}

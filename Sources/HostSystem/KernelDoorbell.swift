import CLinux
@preconcurrency import Dispatch
import Glibc

/// Rings whenever the kernel says that something came, went or changed (netlink(7)).
///
/// It carries no news itself: a listener looks for itself, so a lost message cannot leave it with a wrong picture. Rings
/// that nobody has taken yet fall together into one.
public struct KernelDoorbell: Sendable {
    /// What the kernel tells of.
    public enum Subject: Sendable {
        /// Interfaces, their addresses, and the routes.
        case interfaces
        /// Tables, chains, rules, sets and their elements of nftables.
        case ruleset

        fileprivate var bus: Int32 {
            switch self {
            case .interfaces: NETLINK_ROUTE
            case .ruleset: NETLINK_NETFILTER
            }
        }

        fileprivate var groups: UInt32 {
            switch self {
            case .interfaces:
                UInt32(
                    RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE)
            case .ruleset: 1 << (UInt32(NFNLGRP_NFTABLES.rawValue) - 1)
            }
        }
    }

    public let rings: AsyncStream<Void>

    /// Opens the netlink socket in the network namespace of the process.
    ///
    /// - Throws: ``HostError`` of kind `.interface`.
    public init(_ subject: Subject) throws(HostError) {
        let descriptor = socket(AF_NETLINK, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), subject.bus)
        guard descriptor >= 0 else { throw HostError(.interface, "netlink", errno: errno) }
        var address = sockaddr_nl()
        address.nl_family = sa_family_t(AF_NETLINK)
        address.nl_groups = subject.groups
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_nl>.size))
            }
        }
        guard bound == 0 else {
            close(descriptor)
            throw HostError(.interface, "netlink", errno: errno)
        }
        rings = AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let source = DispatchSource.makeReadSource(fileDescriptor: descriptor)
            source.setEventHandler {
                var discarded = [UInt8](repeating: 0, count: 65536)
                // ENOBUFS means that messages were lost; that too is a reason to look again.
                while recv(descriptor, &discarded, discarded.count, Int32(MSG_DONTWAIT)) > 0 {}
                continuation.yield()
            }
            source.setCancelHandler { close(descriptor) }
            continuation.onTermination = { _ in source.cancel() }
            source.activate()
        }
    }
}

import NetAddress

/// One element of a named set.
public enum SetElement: Hashable, Sendable {
    /// Of a set of type `ipv4_addr . inet_service` or `ipv6_addr . inet_service`.
    case endpoint(Endpoint)
    /// Of type `ether_addr`.
    case hardware(HardwareAddress)
    /// Of type `ifname`: at most 15 bytes.
    case interface(String)
}

import NetAddress

/// Every address of the lab in one place; checks and documents rely on them.
public enum Addresses {
    // The uplink's network, whose router is the fake internet.
    public static let router = IPv4Address("192.168.1.1")!
    public static let routerV6 = IPv6Address("2001:db8:1::1")!
    public static let uplinkNetwork = Network("192.168.1.0/24")!
    /// Nobody has it: a question for it marks the end of a capture.
    public static let nobodyOnTheUplink = IPv4Address("192.168.1.254")!

    // The fake internet.
    public static let web = IPv4Address("203.0.113.80")!
    public static let webV6 = IPv6Address("2001:db8:80::80")!
    public static let resolver = IPv4Address("203.0.113.53")!
    public static let resolverV6 = IPv6Address("2001:db8:80::53")!
    /// The resolver answers on these too, so that a leaked question is a question that works.
    public static let publicResolver = IPv4Address("8.8.8.8")!
    public static let publicResolverV6 = IPv6Address("2001:4860:4860::8888")!
    /// What `pool.ntp.org` means here; nobody answers there.
    public static let timeServer = IPv4Address("203.0.113.123")!
    public static let timeServerV6 = IPv6Address("2001:db8:80::123")!

    // The box's LAN.
    public static let lan = Network("10.84.0.1/24")!
    public static let lanV6 = Network("fd84:84:84::1/64")!

    /// Names that the fake internet's resolver knows; the web server answers for all of them.
    public static let webNames = ["www.example.net", "example.net", "files.example.net"]

    /// Everything that lives on the fake internet's loopback device.
    static var internet: [IPAddress] {
        let v4 =
            [web, resolver, publicResolver, Obfs4Bridge.address] + TorNode.all.map(\.address)
            + FalseRelay.numbers.map(FalseRelay.address)
        let v6 =
            [webV6, resolverV6, publicResolverV6, Obfs4Bridge.addressV6] + TorNode.all.map(\.addressV6)
            + FalseRelay.numbers.map(FalseRelay.addressV6)
        return v4.map(IPAddress.v4) + v6.map(IPAddress.v6)
    }
}

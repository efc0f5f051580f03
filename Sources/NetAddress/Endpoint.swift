/// An address and a TCP or UDP port, written `192.0.2.1:443` or `[2001:db8::1]:443`.
public struct Endpoint: Hashable, Sendable {
    public var address: IPAddress
    public var port: UInt16

    public init(_ address: IPAddress, _ port: UInt16) {
        self.address = address
        self.port = port
    }

    /// Reads the written form; `nil` for names, for IPv6 without brackets, and for ports outside 0...65535.
    public init?(_ text: some StringProtocol) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
        else { return nil }
        let host = text[..<colon]
        if host.first == "[", host.last == "]", host.count > 2 {
            guard let address = IPv6Address(host.dropFirst().dropLast()) else { return nil }
            self.init(.v6(address), port)
        } else {
            guard let address = IPv4Address(host) else { return nil }
            self.init(.v4(address), port)
        }
    }
}

extension Endpoint: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        (left.address, left.port) < (right.address, right.port)
    }
}

extension Endpoint: CustomStringConvertible {
    public var description: String {
        switch address {
        case .v4(let address): "\(address):\(port)"
        case .v6(let address): "[\(address)]:\(port)"
        }
    }
}

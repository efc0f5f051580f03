import FoundationEssentials
import NetAddress

/// A relay of an ``Edition`` that nobody runs, at addresses that are set aside for benchmarks.
public struct InventedRelay: Sendable {
    private static let port: UInt16 = 9001

    /// From 0 to 131,071.
    let number: Int

    public init(number: Int) {
        precondition(0..<(1 << 17) ~= number, "there are 2^17 such addresses")
        self.number = number
    }

    /// RFC 2544: 198.18.0.0/15.
    public var ipv4: Endpoint {
        Endpoint(.v4(IPv4Address("198.\(18 + number >> 16).\(number >> 8 & 255).\(number & 255)")!), Self.port)
    }

    /// RFC 5180: 2001:2::/48.
    public var ipv6: Endpoint {
        Endpoint(
            .v6(IPv6Address("2001:2::\(String(number >> 16, radix: 16)):\(String(number & 0xFFFF, radix: 16))")!),
            Self.port)
    }

    /// Its entry in a consensus of the flavour microdesc; its identity comes after those of all real relays.
    var lines: String {
        let identity = Data([0xFF, 0xFF, 0xFF] + (0..<3).map { UInt8(number >> (16 - 8 * $0) & 255) })
        return """
            r invented\(number) \(Self.base64(identity, count: 20)) 2038-01-01 00:00:00 \(ipv4.address) \(Self.port) 0
            a \(ipv6)
            m \(Self.base64(identity, count: 32))
            s Fast Guard Running Stable V2Dir Valid
            v Tor 0.4.9.11
            w Bandwidth=0 Unmeasured=1

            """
    }

    /// Filled up with zeros, and without padding, as directory documents write digests.
    private static func base64(_ data: Data, count: Int) -> String {
        (data + Data(count: count - data.count)).base64EncodedString().filter { $0 != "=" }
    }
}

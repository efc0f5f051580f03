import BoxConfiguration
import Foundation
import NetAddress

@testable import BoxDaemon
@testable import TorDocuments

/// The private Tor network whose documents lie beside the tests of TorDocuments.
enum Sample {
    static func file(_ name: String) -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../TorDocumentsTests/Fixtures")
        return Array(try! Data(contentsOf: folder.appending(path: name)))
    }

    static var authorities: [String] {
        String(decoding: file("authorities"), as: UTF8.self).split(separator: "\n")
            .map { String($0.dropFirst("DirAuthority ".count)) }
    }

    /// The Tor ports of the authorities.
    static var directories: Set<Endpoint> {
        Set(authorities.flatMap { TorDocuments.DirectoryAuthority($0)!.endpoints })
    }

    static func configuration(authorities: [String] = authorities) throws -> Configuration {
        try Configuration.reading(
            """
            [uplinks]
            interfaces = ["wan0"]
            [lan]
            interface = "lan0"
            ipv6 = "fd84:84:84::1/64"
            [tor]
            authorities = [\(authorities.map { "\"\($0)\"" }.joined(separator: ", "))]
            """, file: "torbox.toml")
    }

    /// What becomes of consensuses with these relays, taken for verified, each valid for three hours.
    static func consensuses(_ listed: [(UnixTime, [(address: String, flags: String)])]) throws -> Consensuses {
        var consensuses = Consensuses(try configuration().tor)
        for (start, relays) in listed {
            let validity = ConsensusValidity(
                validAfter: start, freshUntil: start.advanced(by: 3600), validUntil: start.advanced(by: 3 * 3600))
            let entries = relays.enumerated().map { number, relay in
                var entry = Relay(
                    identity: Fingerprint(InlineArray(repeating: UInt8(number))),
                    address: IPv4Address(relay.address)!, orPort: 9001, directoryPort: 9030)
                entry.flags = relay.flags.split(separator: " ").reduce([]) { $0.union(RelayFlags(named: $1)) }
                return entry
            }
            consensuses.take(entries, of: validity)
        }
        return consensuses
    }
}

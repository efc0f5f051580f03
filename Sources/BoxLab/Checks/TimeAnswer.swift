import FoundationEssentials
import HostSystem
import NetAddress
import NetFrames

/// What a device gets that asks for the time by NTP.
public enum TimeAnswer: Sendable, Hashable {
    /// The server's time when it answered, in seconds since 1970, and how many steps it stands from a true clock.
    case time(Double, stratum: Int)
    /// An ICMP error.
    case refused
    case silence
}

extension Scene {
    /// Asks an address for the time, as a simple device does.
    public func time(from address: IPAddress, to host: LabHost = .client1) async throws -> TimeAnswer {
        let said = try await host.run(lab.box.checkout.file("Lab/ask-time"), ["\(address)"])
        let words = said.split(whereSeparator: \.isWhitespace)
        switch words.first {
        case "refused": return .refused
        case "silence": return .silence
        default:
            guard words.count == 2, let stratum = Int(words[0]), let seconds = Double(words[1]) else {
                throw LabError(.check, "ask-time \(address): said \"\(said)\"")
            }
            return .time(seconds, stratum: stratum)
        }
    }

    /// The addresses that somebody asked for the time, as the capture shows.
    public static func timeServersAsked(in file: String) throws -> Set<IPAddress> {
        let reader = try PcapReader(path: file)
        var asked: Set<IPAddress> = []
        while let captured = try reader.next() {
            switch try Frame(parsing: captured.bytes).content {
            case .ipv4(let packet):
                if case .udp(let datagram) = packet.transport, datagram.destinationPort == 123 {
                    asked.insert(.v4(packet.destination))
                }
            case .ipv6(let packet):
                if case .udp(let datagram) = packet.transport, datagram.destinationPort == 123 {
                    asked.insert(.v6(packet.destination))
                }
            case .arp, .other: break
            }
        }
        return asked
    }
}

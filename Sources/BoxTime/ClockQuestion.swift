import NetAddress
import TorDocuments
import TorLink

/// One line that `torbox-clock` reads: a relay to ask, `ADDRESS:PORT FINGERPRINT [ED25519]`.
public struct ClockQuestion: Hashable, Sendable {
    /// `torbox-clock` refuses more of them at once.
    public static let most = 32

    public let clock: RelayClock

    public init(_ clock: RelayClock) {
        self.clock = clock
    }

    /// Reads a line without its end; `nil` for anything but two or three words with one space between them.
    public init?(_ line: some StringProtocol) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard (2...3).contains(words.count), let endpoint = Endpoint(words[0]), endpoint.port > 0,
            let fingerprint = Fingerprint(hexadecimal: words[1])
        else { return nil }
        var ed25519: Ed25519Identity?
        if words.count == 3 {
            ed25519 = Ed25519Identity(base64: words[2])
            guard ed25519 != nil else { return nil }
        }
        clock = RelayClock(endpoint, RelayPin(fingerprint, ed25519: ed25519))
    }
}

extension ClockQuestion: CustomStringConvertible {
    /// The line without its end.
    public var description: String {
        "\(clock.endpoint) \(clock.pin.fingerprint)" + (clock.pin.ed25519.map { " \($0)" } ?? "")
    }
}

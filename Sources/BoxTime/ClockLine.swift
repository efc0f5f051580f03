import FoundationEssentials
import NetAddress
import TorDocuments
import TorLink

/// One line that `torbox-clock` writes: what became of asking one relay.
public struct ClockLine: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        /// `time` in seconds since 1970; `asked` and `answered` in nanoseconds of CLOCK_BOOTTIME (see ``LinkReading``).
        case time(UInt32, asked: UInt64, answered: UInt64)
        case failure(LinkError.Kind, reason: String)
    }

    public let endpoint: Endpoint
    public let relay: Fingerprint
    public let outcome: Outcome

    public init(endpoint: Endpoint, relay: Fingerprint, outcome: Outcome) {
        self.endpoint = endpoint
        self.relay = relay
        self.outcome = outcome
    }

    public init(_ reading: LinkReading) {
        self.init(
            endpoint: reading.endpoint, relay: reading.relay.fingerprint,
            outcome: .time(reading.time, asked: reading.asked, answered: reading.answered))
    }

    public init(_ clock: RelayClock, _ error: LinkError) {
        self.init(
            endpoint: clock.endpoint, relay: clock.pin.fingerprint,
            outcome: .failure(error.kind, reason: error.message))
    }

    /// Reads a line, with or without its end.
    ///
    /// - Throws: `DecodingError` for anything that ``json`` does not write.
    public init(json: [UInt8]) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(json))
    }

    /// The line with its end.
    public func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }
}

extension ClockLine: Codable {
    private enum Key: String, CodingKey {
        case endpoint, relay, time, asked, answered, failure, reason
    }

    public init(from decoder: any Decoder) throws {
        let line = try decoder.container(keyedBy: Key.self)
        func value<Value>(_ key: Key, _ read: (String) -> Value?) throws -> Value {
            guard let value = read(try line.decode(String.self, forKey: key)) else {
                throw DecodingError.dataCorruptedError(forKey: key, in: line, debugDescription: "not in its form")
            }
            return value
        }
        endpoint = try value(.endpoint) { Endpoint($0) }
        relay = try value(.relay) { Fingerprint(hexadecimal: $0) }
        if line.contains(.failure) {
            outcome = .failure(
                try line.decode(LinkError.Kind.self, forKey: .failure),
                reason: try line.decode(String.self, forKey: .reason))
        } else {
            outcome = .time(
                try line.decode(UInt32.self, forKey: .time), asked: try line.decode(UInt64.self, forKey: .asked),
                answered: try line.decode(UInt64.self, forKey: .answered))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var line = encoder.container(keyedBy: Key.self)
        try line.encode(endpoint.description, forKey: .endpoint)
        try line.encode(relay.description, forKey: .relay)
        switch outcome {
        case .time(let time, let asked, let answered):
            try line.encode(time, forKey: .time)
            try line.encode(asked, forKey: .asked)
            try line.encode(answered, forKey: .answered)
        case .failure(let kind, let reason):
            try line.encode(kind, forKey: .failure)
            try line.encode(reason, forKey: .reason)
        }
    }
}

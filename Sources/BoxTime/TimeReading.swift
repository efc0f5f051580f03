import NetAddress
import TorDocuments

/// What one relay's verified word makes of the true time.
///
/// Times are nanoseconds. An `offset` is a time of day minus this machine's time since start, so readings that were
/// taken at different moments can be compared.
public struct TimeReading: Hashable, Sendable {
    public let relay: Fingerprint
    public let endpoint: Endpoint
    /// Where the truth lies if the relay's clock is right, both ends included.
    public let offset: ClosedRange<Int64>
    /// The machine's time since start when the answer had come.
    public let taken: Int64

    /// A relay that takes longer says too little; a reading is never wider than this and a second.
    static let slowest: Int64 = 10 * second

    public init(relay: Fingerprint, endpoint: Endpoint, offset: ClosedRange<Int64>, taken: Int64) {
        self.relay = relay
        self.endpoint = endpoint
        self.offset = offset
        self.taken = taken
    }

    /// - Returns: `nil` where the answer took too long, or cannot have come when it is said to have.
    init?(time: UInt32, asked: UInt64, answered: UInt64, relay: Fingerprint, endpoint: Endpoint) {
        guard let asked = Int64(exactly: asked), let answered = Int64(exactly: answered), asked <= answered,
            answered - asked <= Self.slowest
        else { return nil }
        let said = Int64(time) * second
        // The relay cut its time to whole seconds.
        self.init(relay: relay, endpoint: endpoint, offset: said - answered...said + second - asked, taken: answered)
    }

    var middle: Int64 { offset.lowerBound + (offset.upperBound - offset.lowerBound) / 2 }

    /// The newest reading of each relay and, where networks are to be distinct, of each network.
    static func distinct(_ readings: [TimeReading], networks: Bool) -> [TimeReading] {
        var relays: Set<Fingerprint> = []
        var sites: Set<IPAddress> = []
        return readings.sorted { $0.taken > $1.taken }.filter { reading in
            let site = reading.endpoint.address.site
            guard !relays.contains(reading.relay), !networks || !sites.contains(site) else { return false }
            relays.insert(reading.relay)
            sites.insert(site)
            return true
        }
    }
}

/// In nanoseconds.
public let second: Int64 = 1_000_000_000

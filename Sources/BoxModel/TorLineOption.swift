/// An option of tor's that an owner may set by a line of their own.
public struct TorLineOption: Sendable {
    /// As tor's manual writes it; tor takes it in any case.
    public let name: String
    public let values: Values

    public enum Values: Sendable {
        case words([String])
        case number(ClosedRange<Int>)
        /// In seconds; written as a number of them, or of minutes, hours or days.
        case duration(ClosedRange<Int>)
        /// Relays by fingerprint, address or country.
        case relays
        case hosts
        case ports
    }

    private init(_ name: String, _ values: Values) {
        (self.name, self.values) = (name, values)
    }

    /// All that may be set.
    ///
    /// What makes this list can neither open a listener, nor name a file, folder or program, nor touch the log, the
    /// control port, the directory authorities or the circuits' length, nor switch off what protects the devices from
    /// each other, nor set what torboxd sets itself. An option of which that is not certain is left out.
    public static let allowed = [
        // How long circuits serve, and how they are built (tor(1), CLIENT OPTIONS and CIRCUIT TIMEOUT OPTIONS).
        TorLineOption("MaxCircuitDirtiness", .duration(10...day)),
        TorLineOption("NewCircuitPeriod", .duration(1...hour)),
        TorLineOption("CircuitBuildTimeout", .duration(10...600)),
        TorLineOption("LearnCircuitBuildTimeout", flag),
        TorLineOption("CircuitStreamTimeout", .duration(10...600)),
        TorLineOption("CircuitsAvailableTimeout", .duration(60...day)),
        TorLineOption("MaxClientCircuitsPending", .number(1...1024)),
        TorLineOption("SocksTimeout", .duration(10...600)),
        TorLineOption("KeepalivePeriod", .duration(30...hour)),
        TorLineOption("ConfluxEnabled", flagOrAutomatic),
        TorLineOption("LongLivedPorts", .ports),
        TorLineOption("TrackHostExits", .hosts),
        TorLineOption("TrackHostExitsExpire", .duration(60...day)),
        TorLineOption("RejectPlaintextPorts", .ports),
        // Through which relays. Many guards make it likelier that one of them watches.
        TorLineOption("NumEntryGuards", .number(0...8)),
        TorLineOption("NumDirectoryGuards", .number(0...8)),
        TorLineOption("ExcludeNodes", .relays),
        TorLineOption("ExcludeExitNodes", .relays),
        TorLineOption("StrictNodes", flag),
        TorLineOption("GeoIPExcludeUnknown", flagOrAutomatic),
        // Never 0, which takes away the protection of onion services' visitors.
        TorLineOption("VanguardsLiteEnabled", .words(["1", "auto"])),
        // What tor sends besides, which costs where bytes are paid for.
        TorLineOption("ConnectionPadding", flagOrAutomatic),
        TorLineOption("ReducedConnectionPadding", flag),
        TorLineOption("CircuitPadding", flag),
        TorLineOption("ReducedCircuitPadding", flag),
    ]

    private static let flag = Values.words(["0", "1"])
    private static let flagOrAutomatic = Values.words(["0", "1", "auto"])
    private static let hour = 3600
    private static let day = 24 * hour
}

extension TorLineOption.Values: CustomStringConvertible {
    /// Completes "allowed: …".
    public var description: String {
        switch self {
        case .words(let words): words.joined(separator: ", ")
        case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .duration(let range):
            "from \(range.lowerBound) to \(range.upperBound) seconds, such as 90 or 15 minutes"
        case .relays:
            "at most 50 fingerprints of 40 hexadecimal digits, IPv4 addresses or networks, and countries such as {de}, "
                + "with commas between them"
        case .hosts: "at most 50 host names or domains such as .example.com, with commas between them"
        case .ports: "at most 50 ports from 1 to 65535, with commas between them"
        }
    }
}

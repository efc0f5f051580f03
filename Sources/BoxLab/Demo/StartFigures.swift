import FoundationEssentials

/// How long the lab took from nothing, and from its stored Tor network, to the first page through Tor on this machine.
struct StartFigures: Codable, CustomStringConvertible {
    /// Seconds; absent as long as nobody has seen it.
    var fromNothing: Double?
    var fromSnapshot: Double?

    private static let file = "figures.json"

    /// Adds a figure to those that earlier runs have left.
    static func noting(_ seconds: Double, fromSnapshot: Bool) throws -> StartFigures {
        let stored = try LabFolder.snapshots.read(file).map { try JSONDecoder().decode(Self.self, from: Data($0.utf8)) }
        var figures = stored ?? StartFigures()
        if fromSnapshot {
            figures.fromSnapshot = seconds
        } else {
            figures.fromNothing = seconds
        }
        try LabFolder.snapshots.write(String(decoding: JSONEncoder().encode(figures), as: UTF8.self), to: file)
        return figures
    }

    var description: String {
        func text(_ seconds: Double?) -> String {
            seconds.map { "\(Int($0 * 10) / 10).\(Int($0 * 10) % 10) s" } ?? "not measured here yet"
        }
        return """

            First page through Tor: \(text(fromSnapshot)) from the stored Tor network, \(text(fromNothing)) from nothing.

            """
    }
}

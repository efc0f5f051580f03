import FoundationEssentials

/// What `up` notes when it is done; the lab is up as long as this note is there.
public struct LabRecord: Sendable, Codable {
    public var mode: LabMode
    /// Whether the Tor network came from a snapshot that an earlier lab had stored.
    public var isFromSnapshot: Bool
    /// Seconds that `up` took.
    public var seconds: Double

    private static let file = "up.json"

    static func read() throws -> LabRecord? {
        guard let text = try LabFolder.run.read(file) else { return nil }
        return try JSONDecoder().decode(LabRecord.self, from: Data(text.utf8))
    }

    func write() throws {
        try LabFolder.run.write(String(decoding: JSONEncoder().encode(self), as: UTF8.self), to: Self.file)
    }
}

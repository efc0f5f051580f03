import FoundationEssentials

/// A request or a reply on the wire: one line of JSON, `{"version":1,"body":…}`.
public enum Message {
    /// Changes when an older reader would misunderstand.
    public static let version = 1
    /// In bytes, the line's end included.
    public static let longestRequest = 65_536
    /// The doors of all relays that there are fit several times.
    static let longestReply = 8 << 20

    private struct Envelope<Body: Codable>: Codable {
        let version: Int
        let body: Body
    }

    private struct VersionOnly: Decodable {
        let version: Int
    }

    static func line(_ body: some Codable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(Envelope(version: version, body: body))) + [UInt8(ascii: "\n")]
    }

    /// - Throws: ``Refusal`` of kind `.notUnderstood`.
    static func body<Body: Codable>(_ type: Body.Type, of line: [UInt8]) throws(Refusal) -> Body {
        do {
            let decoder = JSONDecoder()
            let said = try decoder.decode(VersionOnly.self, from: Data(line)).version
            guard said == version else {
                throw Refusal(.notUnderstood, "version \(said) of the messages; this program speaks version \(version)")
            }
            return try decoder.decode(Envelope<Body>.self, from: Data(line)).body
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal(.notUnderstood, "the message is no line of JSON that this version knows")
        }
    }
}

extension Refusal: Error, CustomStringConvertible {
    public var description: String { message }
}

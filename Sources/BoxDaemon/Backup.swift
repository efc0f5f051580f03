import BoxAPI
import BoxModel
import FoundationEssentials

/// What a backup holds: the owner's settings, and nothing of the devices, which would be a history of who was here.
struct Backup: Codable, Hashable, Sendable {
    /// Grows when an older version would misunderstand the settings.
    static let version = 1

    let version: Int
    let settings: Settings

    init(_ settings: Settings) {
        version = Self.version
        self.settings = settings
    }

    private struct VersionOnly: Decodable {
        let version: Int
    }

    /// - Throws: `Refusal` with what can be done.
    init(text: String) throws {
        let data = Data(text.utf8)
        let decoder = JSONDecoder()
        guard let said = try? decoder.decode(VersionOnly.self, from: data).version else {
            throw Refusal(
                .badArgument, "the file opens, but it holds no settings of a box; take another file",
                reason: Reason(.backupEmpty))
        }
        guard said <= Self.version else {
            throw Refusal(
                .badArgument,
                "a newer box made this backup (form \(said); this one reads up to \(Self.version)); update this box first",
                reason: Reason(.backupNewer, "\(said)", "\(Self.version)"))
        }
        do {
            self = try decoder.decode(Backup.self, from: data)
        } catch {
            throw Refusal(
                .badArgument, "the file opens, but its settings are incomplete; take another file",
                reason: Reason(.backupIncomplete))
        }
    }

    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

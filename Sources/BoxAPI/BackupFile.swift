/// The owner's settings in one file, sealed with a passphrase, as they are carried from one box to another.
///
/// The text of an OpenPGP message (RFC 4880, 6.2), of which only the form was looked at.
public struct BackupFile: Codable, Sendable, Hashable {
    public let text: String

    /// In bytes: a backup fits into one request.
    public static let longest = 49_152

    private static let beginning = "-----BEGIN PGP MESSAGE-----"

    /// - Returns: `nil` for what cannot be a backup.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count <= Self.longest, bytes.starts(with: Self.beginning.utf8),
            bytes.allSatisfy({ (0x20...0x7E).contains($0) || [0x09, 0x0A, 0x0D].contains($0) })
        else { return nil }
        text = String(decoding: bytes, as: UTF8.self)
    }
}

extension BackupFile: CustomStringConvertible {
    public var description: String { "a backup" }
}

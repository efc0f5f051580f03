/// The name of a network interface as the kernel takes it and as every file we render may hold it unquoted.
public struct InterfaceName: Hashable, Sendable {
    private let text: String

    /// Reads a name of 1...15 letters, digits, `_`, `.` or `-` that starts with a letter, a digit or `_`.
    ///
    /// - Returns: `nil` for anything else, and for `lo`, which is never an uplink nor a LAN.
    public init?(_ text: some StringProtocol) {
        let bytes = text.utf8
        // A leading dash reads as an option; "." and ".." are no names for the kernel either.
        guard (1...15).contains(bytes.count), bytes.allSatisfy(Self.isAllowed),
            bytes.first != UInt8(ascii: "-"), bytes.first != UInt8(ascii: "."), text != "lo"
        else { return nil }
        self.text = String(text)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension InterfaceName: CustomStringConvertible {
    public var description: String { text }
}

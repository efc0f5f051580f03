import NetAddress

/// What tor's consensus says of one relay (`GETINFO ns/id/...`, dir-spec 3.4.1).
public struct RelayStatus: Hashable, Sendable {
    /// 1...19 letters and digits, chosen by whoever runs it.
    public var nickname: String
    public var address: IPv4Address
    /// Such as `Exit`, `Fast`, `Guard`; in the consensus' order.
    public var flags: [String]

    /// Reads a router status entry; `nil` where a nickname, an address or the flags are missing.
    init?(_ entry: String) {
        let lines = entry.split(separator: "\n")
        let names = lines.first { $0.hasPrefix("r ") }?.split(separator: " ") ?? []
        // r nickname identity digest day time address port port
        guard names.count >= 9, let address = IPv4Address(names[6]), Self.isNickname(names[1]),
            let flags = lines.first(where: { $0 == "s" || $0.hasPrefix("s ") })
        else { return nil }
        nickname = String(names[1])
        self.address = address
        self.flags = flags.split(separator: " ").dropFirst().map(String.init)
    }

    private static func isNickname(_ text: Substring) -> Bool {
        (1...19).contains(text.utf8.count) && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
}

/// The network that the box makes for its people.
public struct WiFiNetwork: Hashable, Sendable {
    /// 1...32 bytes of UTF-8 without control characters.
    public let name: String
    /// 8...63 printable ASCII characters.
    public let password: String

    public init(name: String, password: String) {
        (self.name, self.password) = (name, password)
    }
}

extension WiFiNetwork: Confidential {}

import NetAddress

/// The whole content that a named set shall have.
public struct SetContent: Sendable, Equatable {
    /// Family, table and set as nft names them: `netdev torbox doors4`.
    public let set: String
    /// Elements in nft's language, without order.
    public let elements: [String]

    public init(_ set: String, _ elements: [String]) {
        self.set = set
        self.elements = elements
    }

    /// The commands that replace the content; in a transaction no packet sees the set empty in between.
    public var replacement: String {
        elements.isEmpty
            ? "flush set \(set)\n"
            : "flush set \(set)\nadd element \(set) { \(elements.joined(separator: ", ")) }\n"
    }
}

extension Endpoint {
    /// The element of a set of type `ipv4_addr . inet_service` or `ipv6_addr . inet_service`.
    public var nftablesElement: String {
        "\(address) . \(port)"
    }
}

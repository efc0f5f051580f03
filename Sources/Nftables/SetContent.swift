/// The whole content that a named set shall have.
public struct SetContent: Sendable, Equatable {
    /// Family, table and set as nft names them: `netdev torbox doors4`.
    public let set: String
    /// Without order.
    public let elements: [SetElement]

    public init(_ set: String, _ elements: [SetElement]) {
        self.set = set
        self.elements = elements
    }
}

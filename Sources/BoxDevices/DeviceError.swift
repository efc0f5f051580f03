/// Why something about the devices could not be read or done; nothing was changed.
public struct DeviceError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: Sendable, CaseIterable {
        case malformed
        case noSuchDevice
        case badAlias
    }

    public var kind: Kind
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }
}

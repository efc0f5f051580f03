/// What the authorities say of a relay (dir-spec 3.4.1, "s"); flags of other names are left out.
public struct RelayFlags: OptionSet, Hashable, Sendable {
    public var rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    public static let authority = RelayFlags(rawValue: 1 << 0)
    public static let badExit = RelayFlags(rawValue: 1 << 1)
    public static let exit = RelayFlags(rawValue: 1 << 2)
    public static let fast = RelayFlags(rawValue: 1 << 3)
    public static let `guard` = RelayFlags(rawValue: 1 << 4)
    public static let hsDir = RelayFlags(rawValue: 1 << 5)
    public static let middleOnly = RelayFlags(rawValue: 1 << 6)
    public static let running = RelayFlags(rawValue: 1 << 7)
    public static let stable = RelayFlags(rawValue: 1 << 8)
    public static let staleDescriptor = RelayFlags(rawValue: 1 << 9)
    public static let v2Dir = RelayFlags(rawValue: 1 << 10)
    public static let valid = RelayFlags(rawValue: 1 << 11)

    /// The flag that a document calls so; empty for a name that this library has no use for.
    init(named name: some StringProtocol) {
        self =
            switch name {
            case "Authority": .authority
            case "BadExit": .badExit
            case "Exit": .exit
            case "Fast": .fast
            case "Guard": .guard
            case "HSDir": .hsDir
            case "MiddleOnly": .middleOnly
            case "Running": .running
            case "Stable": .stable
            case "StaleDesc": .staleDescriptor
            case "V2Dir": .v2Dir
            case "Valid": .valid
            default: []
            }
    }
}

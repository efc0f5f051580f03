/// What the directory authorities say of a relay (dir-spec 3.4.2); flags of other names are left out.
public struct RouterFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    public static let authority = RouterFlags(rawValue: 1 << 0)
    public static let badExit = RouterFlags(rawValue: 1 << 1)
    public static let exit = RouterFlags(rawValue: 1 << 2)
    public static let fast = RouterFlags(rawValue: 1 << 3)
    public static let `guard` = RouterFlags(rawValue: 1 << 4)
    public static let hsDir = RouterFlags(rawValue: 1 << 5)
    public static let middleOnly = RouterFlags(rawValue: 1 << 6)
    public static let running = RouterFlags(rawValue: 1 << 7)
    public static let stable = RouterFlags(rawValue: 1 << 8)
    public static let v2Dir = RouterFlags(rawValue: 1 << 9)
    public static let valid = RouterFlags(rawValue: 1 << 10)

    private static let named: [[UInt8]: RouterFlags] = [
        Array("Authority".utf8): .authority, Array("BadExit".utf8): .badExit, Array("Exit".utf8): .exit,
        Array("Fast".utf8): .fast, Array("Guard".utf8): .guard, Array("HSDir".utf8): .hsDir,
        Array("MiddleOnly".utf8): .middleOnly, Array("Running".utf8): .running, Array("Stable".utf8): .stable,
        Array("V2Dir".utf8): .v2Dir, Array("Valid".utf8): .valid,
    ]

    init(names: ArraySlice<ArraySlice<UInt8>>) {
        self = names.reduce(into: []) { flags, name in
            if let flag = Self.named[Array(name)] { flags.insert(flag) }
        }
    }
}

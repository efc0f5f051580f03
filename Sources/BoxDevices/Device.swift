import NetAddress

/// What the box remembers of a device: nothing of what it did.
public struct Device: Hashable, Sendable {
    public let address: HardwareAddress
    /// Makes its name while the owner has given none.
    public let number: Int
    public var alias: Alias?
    public let firstSeen: Day
    public var lastSeen: Day
    /// The owner ticked it: its own Tor may go straight to its relays.
    public var ownTor = false
    /// It gets no network at all.
    public var isBlocked = false

    init(_ address: HardwareAddress, number: Int, firstSeen: Day) {
        self.address = address
        self.number = number
        self.firstSeen = firstSeen
        lastSeen = firstSeen
    }

    /// What people and logs call it; never its host name or hardware address.
    public var name: String { alias?.text ?? DefaultName(number: number).text }

    /// Whether the owner told the box anything of it, which must not be forgotten.
    public var hasSettings: Bool { alias != nil || ownTor || isBlocked }
}

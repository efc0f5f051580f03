import NetAddress

/// What the kernel does with a packet, and the rule that decides it.
public struct Fate: Sendable, Hashable {
    public enum End: Sendable, Hashable {
        /// It reaches a port of the box.
        case arrives
        /// It leaves by the uplink.
        case leaves
        /// The sender is told at once.
        case rejected
        /// The sender hears nothing.
        case dropped
    }

    public let end: End
    /// Where it goes after all turning.
    public let destination: Endpoint
    /// The rule that gave it another destination; `nil` where it kept its own.
    public let turnedBy: RulePlace?
    /// A rule on the way that counts what the device does; the answer holds while it finds room for one more.
    public let assumedBy: RulePlace?
    public let decidedBy: Decider

    public enum Decider: Sendable, Hashable {
        /// Where the verdict fell; what turned a packet that arrives, or else the last verdict.
        case chain(RulePlace)
        /// The ruleset would let it on, but nothing routes it.
        case routing(RoutingRule)
    }
}

extension Ruleset {
    /// Follows a packet of a device through every chain that the kernel would show it to.
    ///
    /// - Parameter routing: the kernel's rules for the packet's family.
    /// - Throws: ``ReadingError`` of kind `.cannotSay`, with the expression that this reader does not know.
    public func fate(of packet: Packet, routing: RoutingRules) throws(ReadingError) -> Fate {
        var walk = Walk(ruleset: self, routing: routing, packet: packet)
        let end = try walk.run()
        if let rule = walk.routedBy {
            return Fate(
                end: end, destination: walk.packet.destination, turnedBy: walk.turnedBy, assumedBy: nil,
                decidedBy: .routing(rule))
        }
        guard let last = walk.lastVerdict else {
            throw ReadingError(
                .cannotSay, "no chain of the kernel's ruleset looks at such a packet; it is not the box's")
        }
        return Fate(
            end: end, destination: walk.packet.destination, turnedBy: walk.turnedBy,
            assumedBy: walk.assumedBy, decidedBy: .chain(end == .arrives ? walk.turnedBy ?? last : last))
    }
}

/// Bytes per second, both ways.
public struct Rate: Codable, Sendable, Hashable {
    public var received: Int
    public var sent: Int

    public init(received: Int, sent: Int) {
        (self.received, self.sent) = (received, sent)
    }
}

/// What all uplinks together carried: frames, with all that the box and tor add to what the devices send.
public struct TrafficReport: Codable, Sendable, Hashable {
    /// Oldest first; fewer than there is room for while torboxd has not run for long.
    public var samples: [Rate]
    public var secondsBetween: Int

    public init(samples: [Rate], secondsBetween: Int) {
        (self.samples, self.secondsBetween) = (samples, secondsBetween)
    }
}

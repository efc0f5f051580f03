import NetAddress

/// A relay as a clock: its word comes verified to be its own, which does not make it true.
public struct RelayClock: Hashable, Sendable {
    public let endpoint: Endpoint
    public let pin: RelayPin

    public init(_ endpoint: Endpoint, _ pin: RelayPin) {
        self.endpoint = endpoint
        self.pin = pin
    }

    /// Opens a Tor link to the relay, as a Tor client does, takes its time and closes; blocks the calling thread.
    ///
    /// - Throws: ``LinkError`` of any kind, its message beginning with the endpoint; never later than `limits.total`.
    public func read(within limits: LinkLimits = .standard) throws(LinkError) -> LinkReading {
        do {
            let link = try RelayLink(to: endpoint, within: limits)
            let (answer, asked, answered) = try link.ask()
            let (relay, time) = try answer.verified(as: pin, over: link.peerCertificate)
            try link.leave()
            return LinkReading(endpoint: endpoint, relay: relay, time: time, asked: asked, answered: answered)
        } catch {
            throw LinkError(error.kind, error.step, "\(endpoint): \(error.message)")
        }
    }
}

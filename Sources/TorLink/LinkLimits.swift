/// How long a relay may take.
public struct LinkLimits: Hashable, Sendable {
    /// For the TCP connection.
    public var connection: Duration
    /// For TLS, and for each cell that is waited for.
    public var step: Duration
    /// From the first packet to the last.
    public var total: Duration

    public static let standard = LinkLimits(connection: .seconds(10), step: .seconds(10), total: .seconds(20))

    public init(connection: Duration, step: Duration, total: Duration) {
        self.connection = connection
        self.step = step
        self.total = total
    }
}

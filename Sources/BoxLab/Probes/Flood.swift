import NetFrames

/// Sends all probes over and over, so that whatever moment a box leaves open is met by some of them.
public struct Flood: Sendable {
    /// What a flood has done.
    public struct Tally: Sendable, Hashable {
        public var sent = 0
        /// Frames that the client's own kernel did not take, since the link was down or its queue full.
        public var unsent = 0
        public var lastFailure: FrameError?
    }

    private let socket: PacketSocket
    private let frames: [[UInt8]]
    private let framesPerTick: Int

    private static let tick = Duration.milliseconds(10)

    /// - Parameter framesPerSecond: rounded up to a multiple of 100.
    public init(
        on socket: PacketSocket, probes: [Probe] = Probe.allCases, in context: ProbeContext, framesPerSecond: Int
    ) {
        self.socket = socket
        frames = probes.flatMap { $0.frames(in: context) }.map(\.bytes)
        framesPerTick = max(1, (framesPerSecond + 99) / 100)
    }

    /// Sends until the task is cancelled or the limit is reached, whichever comes first.
    public func run(atMost limit: Duration) async -> Tally {
        let clock = ContinuousClock()
        let start = clock.now
        var tally = Tally()
        var next = 0
        var ticks = 0
        while !Task.isCancelled, clock.now - start < limit {
            for _ in 0..<framesPerTick {
                do throws(FrameError) {
                    try socket.send(frames[next])
                    tally.sent += 1
                } catch {
                    tally.unsent += 1
                    tally.lastFailure = error
                }
                next = (next + 1) % frames.count
            }
            ticks += 1
            do {
                try await clock.sleep(until: start + Self.tick * ticks)
            } catch {
                // Cancelled, as the loop's head sees.
            }
        }
        return tally
    }
}

import HostSystem

/// The box's clock is never the machine's: what the product sets in the lab must not reach the other programs here.
extension LabBox {
    static let clock = "box"

    /// A program as the box runs it, by the box's own clock.
    public func command(_ program: String, _ arguments: [String] = []) throws -> Command {
        try requireClock().command(Command(program, arguments))
    }

    /// Moves the box's clock, while it runs or before.
    public func set(clock time: FalseTime) async throws {
        try await requireClock().set(time)
    }

    /// How far the box's clock is ahead of the machine's.
    public func clockError() async throws -> Duration {
        try await requireClock().error()
    }

    private func requireClock() throws -> FakeClock {
        guard let clock = FakeClock.named(Self.clock) else {
            throw LabError(.box, "the box has no clock; it must not run by the machine's")
        }
        return clock
    }
}

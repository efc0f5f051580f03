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

    /// How many seconds the box's clock is ahead of the machine's.
    public func clockError() async throws -> Double {
        try await requireClock().error()
    }

    /// What the box's owner is told of the time, in the form for programs.
    func toldTime() async throws -> String {
        try await told(["time", "--json"])
    }

    /// What the command `torbox` answers, or why it does not.
    func told(_ question: [String], input: String = "") async throws -> String {
        let torbox = try command(
            checkout.program("torbox"), question + ["--socket", "\(Self.runtime.path)/api.sock"])
        let outcome = try await LabHost.box.command(torbox).outcome(input: input)
        return outcome.output + outcome.errors
    }

    /// Puts a file where tor keeps its own, as an earlier run could have left it, or somebody with the disk.
    func forge(_ file: String, _ text: String) async throws {
        let parts = file.split(separator: "/")
        let folder = LabFolder("/" + parts.dropLast().joined(separator: "/"))
        for step in [["-d", "-m", "700", folder.path], ["-m", "600", "/dev/null", file]] {
            try await Command("install", ["-o", TorNode.user, "-g", TorNode.user] + step).run()
        }
        try folder.write(text, to: String(parts.last!))
    }

    private func requireClock() throws -> FakeClock {
        guard let clock = FakeClock.named(Self.clock) else {
            throw LabError(.box, "the box has no clock; it must not run by the machine's")
        }
        return clock
    }
}

import Glibc
import HostSystem

/// A clock of its own for some programs of the lab: whoever sets it leaves the machine's clock alone.
///
/// It works on every program that asks the C library for the time, by `Lab/fake-clock.c`, and so on their children.
/// Programs that run already see it move.
struct FakeClock: Sendable {
    private let name: String

    private static let folder = LabFolder.run / "clocks"
    /// Not in `run`: Debian mounts that without the right to execute, and a checkout may lie where tor cannot read.
    private static let libraries = LabFolder("/var/lib/torbox-lab")
    private static var library: LabFolder { libraries / "fake-clock.so" }

    private var file: LabFolder { Self.folder / name }

    /// Builds the library, once for each lab.
    static func build(checkout: Checkout) async throws {
        try folder.make()
        try libraries.make()
        try await Command(
            "cc", ["-shared", "-fPIC", "-O2", "-o", library.path, checkout.file("Lab/fake-clock.c")]
        ).endingWithTheLab.run()
    }

    static func removeLibrary() throws {
        try libraries.remove()
    }

    /// Makes a clock that shows the machine's time, or makes that of this name show it again.
    ///
    /// Nobody may be using it: its programs would look at a file that is gone.
    init(named name: String) async throws {
        self.name = name
        try Self.folder.make()
        try file.remove()
        try await Command("truncate", ["--size", "4096", file.path]).endingWithTheLab.run()
        // For every user who may set a clock; who may not is the library's matter, as it is the kernel's.
        try await Command("chmod", ["666", file.path]).endingWithTheLab.run()
    }

    private init(existing name: String) {
        self.name = name
    }

    /// The clock that was made under this name; `nil` where there is none.
    static func named(_ name: String) -> FakeClock? {
        let clock = FakeClock(existing: name)
        return clock.file.exists ? clock : nil
    }

    /// The command, for which this clock is the time of day.
    func command(_ command: Command) -> Command {
        Command(
            "env",
            ["LD_PRELOAD=\(Self.library.path)", "FAKE_CLOCK=\(file.path)", command.program] + command.arguments)
    }

    /// Sets it as `date --set` does.
    func set(_ time: FalseTime) async throws {
        let now = Self.machineTime
        let words =
            switch time {
            case .at(let seconds): "@\(seconds)"
            case .ahead(let seconds): "@\(now.seconds + seconds).\(String(now.nanoseconds + 1_000_000_000).dropFirst())"
            }
        try await command(Command("date", ["--set", words])).endingWithTheLab.run()
    }

    /// How many seconds it is ahead of the machine's clock; exact to the few milliseconds that it takes to ask.
    func error() async throws -> Double {
        let words = try await command(Command("date", ["+%s %N"])).endingWithTheLab.run()
        let parts = words.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        guard parts.count == 2 else { throw LabError(.process, "date: said \"\(words)\" of the time") }
        let now = Self.machineTime
        return Double(parts[0] - now.seconds) + Double(parts[1] - now.nanoseconds) / 1e9
    }

    private static var machineTime: (seconds: Int, nanoseconds: Int) {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return (now.tv_sec, now.tv_nsec)
    }
}

/// What a clock of the lab shows instead of the time.
public enum FalseTime: Sendable, Hashable {
    /// Seconds since 1970.
    case at(Int)
    /// Seconds by which it is fast; slow where negative.
    case ahead(Int)
}

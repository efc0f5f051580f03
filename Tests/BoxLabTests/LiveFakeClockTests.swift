import Glibc
import HostSystem
import Testing

@testable import BoxLab

extension Live {
    @Suite("The clock of a host in the lab", .serialized, .lab)
    struct FakeClockTests {
        /// 1970-01-12 13:46:40.
        private static let past = FalseTime.at(1_000_000)

        /// Programs that tell the time, and what each says of ``past``.
        static let tellers: [(Command, String)] = [
            (Command("date", ["--utc", "+%s"]), "10000"),
            (Command("python3", ["-c", "import time; print(int(time.time()), time.gmtime().tm_year)"]), "1970"),
            (Command("perl", ["-e", "print time"]), "10000"),
            (
                Command(
                    "tor",
                    ["--verify-config", "--defaults-torrc", "/dev/null", "--ignore-missing-torrc", "-f", "/nowhere"]),
                "Jan 12 13:4"
            ),
            (
                Command("chronyd", ["-Q", "-t", "1", "local", "cmdport 0", "pidfile /run/torbox-lab/asking.pid"]),
                "1970-01-12T13:4"
            ),
            (
                Command(
                    "openssl",
                    ["req", "-x509", "-newkey", "ed25519", "-nodes", "-subj", "/CN=x", "-keyout", "/dev/null", "-text"]),
                "Not Before: Jan 12"
            ),
        ]

        private func clock() async throws -> FakeClock {
            _ = try await Lab.up(
                mode: .withoutBox, checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
            return try await FakeClock(named: "test")
        }

        @Test("Each program tells the false time", arguments: tellers)
        func tells(teller: Command, said: String) async throws {
            let clock = try await clock()
            let before = try await teller.outcome()
            #expect(!(before.output + before.errors).contains(said))
            try await clock.set(Self.past)
            let after = try await clock.command(teller).outcome()
            #expect((after.output + after.errors).contains(said), "\(after)")
        }

        @Test("tor's and chronyd's users see it too, without a right of root's")
        func everyUser() async throws {
            let clock = try await clock()
            try await clock.set(Self.past)
            for user in [TorNode.user, "_chrony"] {
                let asUser = Command(
                    "setpriv", ["--reuid", user, "--clear-groups", "--bounding-set=-all", "date", "+%s"])
                #expect(try await clock.command(asUser).run().hasPrefix("10000"))
                let setting = Command("setpriv", ["--reuid", user, "--clear-groups", "date", "--set", "@5"])
                #expect(try await clock.command(setting).outcome().status != 0)
                #expect(try await clock.command(asUser).run().hasPrefix("10000"))
            }
        }

        @Test("Who has such a clock has no right to set the machine's, should the library be gone")
        func noRight() async throws {
            let held = Command("grep", ["CapBnd", "/proc/self/status"])
            func rights(_ words: String) throws -> UInt64 {
                try #require(UInt64(words.split(whereSeparator: \.isWhitespace)[1], radix: 16))
            }
            let (settingTheClock, makingNetworks) = (UInt64(1 << 25), UInt64(1 << 12))
            let (machine, box) = try await (rights(held.run()), rights(clock().command(held).run()))
            #expect(box & settingTheClock == 0)
            // The controls: others are there, and this one is gone where the machine gives it at all.
            #expect(box & makingNetworks != 0)
            #expect(machine & ~settingTheClock == box)
        }

        @Test("Every way of setting it moves it for threads and children at once, and leaves the machine's alone")
        func setsEverywhere() async throws {
            let clock = try await clock()
            let start = ContinuousClock.now
            let wall = time(nil)
            try await clock.command(Command("python3", ["-c", Self.settings])).run()
            #expect(abs(time(nil) - wall - Int((ContinuousClock.now - start) / .seconds(1))) <= 1)
        }

        private static let settings = """
            import concurrent.futures, ctypes, subprocess, time
            libc = ctypes.CDLL(None, use_errno=True)
            pool = concurrent.futures.ThreadPoolExecutor()
            class Timeval(ctypes.Structure): _fields_ = [("s", ctypes.c_long), ("us", ctypes.c_long)]
            class Timex(ctypes.Structure): _fields_ = [("modes", ctypes.c_uint), ("offset", ctypes.c_long),
                ("unused", ctypes.c_long * 7), ("time", Timeval), ("rest", ctypes.c_byte * 512)]
            def expect(seconds, what):
                seen = [time.time(), pool.submit(time.time).result(), float(subprocess.check_output(["date", "+%s.%N"]))]
                assert all(-0.1 < one - seconds < 2 for one in seen), (what, seen)
            pool.submit(time.time).result()
            time.clock_settime(time.CLOCK_REALTIME, 1000); expect(1000, "clock_settime")
            assert libc.settimeofday(ctypes.byref(Timeval(5000, 500000)), None) == 0; expect(5000.5, "settimeofday")
            change = Timex(modes=0x0100, time=Timeval(-3000, 0))
            assert libc.adjtimex(ctypes.byref(change)) == 0; expect(2000.5, "adjtimex, a step")
            before = time.time() - time.monotonic()
            assert libc.adjtime(ctypes.byref(Timeval(10, 0)), None) == 0
            time.sleep(1)
            slewed = time.time() - time.monotonic() - before
            assert 0.0004 < slewed < 0.01, slewed
            rest = Timeval()
            assert libc.adjtime(None, ctypes.byref(rest)) == 0 and rest.s == 9
            """

        @Test("Without the file of its clock a program ends, instead of going on by the machine's")
        func needsItsFile() async throws {
            let clock = try await clock()
            let command = clock.command(Command("date"))
            let lost = Command(command.program, command.arguments.map { $0.replacing("/clocks/", with: "/nowhere/") })
            #expect(try await lost.outcome().status == 70)
        }
    }
}

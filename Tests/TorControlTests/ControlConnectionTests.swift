import Glibc
import HostSystem
import NetAddress
import Testing

@testable import TorControl

@Suite("A real tor", .serialized, .timeLimit(.minutes(1)))
struct ControlConnectionTests {
    @Test("It is met by its cookie, wherever we learned the cookie's place")
    func authentication() async throws {
        try await TorHome.with { home in
            try await home.withTor {
                let told = try await home.connect()
                let asked = try await ControlConnection.connect(socketPath: home.socketPath)
                let version = try await told.version()
                #expect(try await Command("tor", ["--version"]).run().contains("Tor version \(version)"))
                #expect(try await asked.version() == version)
                let pid = try await told.processID()
                #expect(kill(pid, 0) == 0)
            }
        }
    }

    @Test("A cookie that is not its own opens nothing", arguments: [0, 31, 32, 33])
    func wrongCookie(length: Int) async throws {
        try await TorHome.with { home in
            try await home.withTor {
                _ = try await home.connect()
                let wrong = home.path + "/wrong"
                try await Command("dd", ["if=/dev/zero", "of=\(wrong)", "bs=1", "count=\(length)", "status=none"]).run()
                let error = await #expect(throws: ControlError.self) {
                    try await ControlConnection.connect(socketPath: home.socketPath, cookiePath: wrong)
                }
                #expect(error?.kind == .authentication)
            }
        }
    }

    @Test(
        "It refuses a proof that is wrong, and a command before the proof",
        arguments: ["AUTHENTICATE 00", "GETINFO version"])
    func unauthenticated(line: String) async throws {
        try await TorHome.with { home in
            try await home.withTor {
                _ = try await home.connect()
                let stranger = try await ControlConnection.open(socketPath: home.socketPath)
                let error = await #expect(throws: ControlError.self) { try await stranger.send(line) }
                #expect(error?.kind == .refused)
                #expect(try await stranger.ended().kind == .closed)
            }
        }
    }

    @Test("Where no tor is, the error says so")
    func noTor() async throws {
        try await TorHome.with { home in
            let error = await #expect(throws: ControlError.self) {
                try await ControlConnection.connect(socketPath: home.socketPath)
            }
            #expect(error?.kind == .unreachable)
            #expect(error?.message.contains(home.socketPath) == true)
        }
    }

    @Test("Values of one line, of many and of none are read")
    func getInfo() async throws {
        try await TorHome.withConnection { tor in
            let values = try await tor.getInfo(["version", "process/pid", "config-text", "circuit-status"])
            #expect(values.count == 4)
            #expect(values["circuit-status"] == "")
            #expect(values["config-text"]?.split(separator: "\n").contains("DisableNetwork 1") == true)
            #expect(try await tor.getInfo([]).isEmpty)
            #expect(try await tor.circuits().isEmpty)
            #expect(try await tor.streams().isEmpty)
            #expect(try await tor.listeners(.dns).isEmpty)
            let phase = try await tor.bootstrapPhase()
            #expect(phase.progress == 0)
            #expect(phase.tag == "starting")
        }
    }

    @Test("The control socket itself is among the listeners")
    func listeners() async throws {
        try await TorHome.with { home in
            try await home.withTor {
                let tor = try await home.connect()
                #expect(try await tor.listeners(.control) == [.unixSocket(path: home.socketPath)])
            }
        }
    }

    @Test(
        "What is set is read back",
        arguments: ["plain", "two words", #"a "quoted" one"#, #"back\slash \n \" \\"#, "é☃", "a=b #c", " "])
    func setAndGet(value: String) async throws {
        try await TorHome.withConnection { tor in
            try await tor.setConfiguration([TorOption("ContactInfo", value), TorOption("Nickname", "box")])
            #expect(
                try await tor.getConfiguration("ContactInfo", "Nickname") == [
                    TorOption("ContactInfo", value), TorOption("Nickname", "box"),
                ])
            try await tor.resetConfiguration("Nickname")
            #expect(try await tor.getConfiguration("Nickname") == [TorOption("Nickname", nil)])
        }
    }

    @Test("A setting that it refuses changes nothing, and the error has its words")
    func refusedSetting() async throws {
        try await TorHome.withConnection { tor in
            let before = try await tor.getInfo("config-text")
            for options in [
                [TorOption("ContactInfo", "new"), TorOption("Nickname", "not a nickname")],
                [TorOption("ContactInfo", "new"), TorOption("NoSuchOption", "1")],
            ] {
                let error = await #expect(throws: ControlError.self) { try await tor.setConfiguration(options) }
                #expect(error?.kind == .refused)
                #expect([513, 552].contains(error?.code))
            }
            #expect(try await tor.getInfo("config-text") == before)
        }
    }

    @Test("Nothing that is more than one command is sent")
    func injection() async throws {
        try await TorHome.withConnection { tor in
            let attempts: [@Sendable () async throws -> Void] = [
                { try await tor.setConfiguration([TorOption("ContactInfo", "x\r\nSIGNAL HALT")]) },
                { try await tor.setConfiguration([TorOption("ContactInfo x\r\nSIGNAL HALT", nil)]) },
                { _ = try await tor.getInfo("version\r\nSIGNAL HALT") },
                { _ = try await tor.getInfo("version process/pid") },
                { _ = try await tor.getConfiguration("") },
                { try await tor.send("GETINFO version\nSIGNAL HALT") },
            ]
            for attempt in attempts {
                let error = await #expect(throws: ControlError.self) { try await attempt() }
                #expect(error?.kind == .argument)
            }
            _ = try await tor.version()
        }
    }

    @Test("Many commands at once each get their own answer")
    func pipelining() async throws {
        try await TorHome.withConnection { tor in
            let pid = try await tor.getInfo("process/pid")
            let version = try await tor.getInfo("version")
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    let even = number.isMultiple(of: 2)
                    group.addTask { try await tor.getInfo(even ? "process/pid" : "version") == (even ? pid : version) }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test("Its log arrives as events once asked for, and no longer when not")
    func logEvents() async throws {
        try await TorHome.withConnection { tor in
            try await tor.subscribe(to: [.notice, .statusClient, .statusGeneral])
            try await tor.signal(.heartbeat)
            let line = await tor.events.first { event in
                if case .log(let line) = event { line.message.hasPrefix("Heartbeat") } else { false }
            }
            #expect(line != nil)
            try await tor.subscribe(to: [])
            try await tor.signal(.heartbeat)
            // Its answer comes after any event of the heartbeat, and the end after both.
            _ = try await tor.version()
            tor.close()
            var late = 0
            for await event in tor.events {
                if case .log(let line) = event, line.message.hasPrefix("Heartbeat") { late += 1 }
            }
            #expect(late == 0)
        }
    }

    @Test("All kinds of events that we name are known to it", arguments: ControlEvent.Kind.allCases)
    func eventKinds(kind: ControlEvent.Kind) async throws {
        try await TorHome.withConnection { try await $0.subscribe(to: [kind]) }
    }

    @Test("It tells how it fares on a network where nobody answers")
    func networkEvents() async throws {
        let (key, identity) = (String(repeating: "A", count: 40), String(repeating: "B", count: 40))
        let options = [
            "DirAuthority", "nobody orport=9 v3ident=\(key) 127.0.0.1:9 \(identity)", "UseDefaultFallbackDirs", "0",
            "ExtendAllowPrivateAddresses", "1",
        ]
        try await TorHome.withConnection(options) { tor in
            try await tor.subscribe(to: [.statusClient, .circuit, .stream])
            try await tor.setConfiguration([TorOption("DisableNetwork", "0")])
            var missing: Set = ["fetch", "circuit", "refusal"]
            for await event in tor.events {
                switch event {
                case .stream(let stream) where stream.purpose == "DIR_FETCH": missing.remove("fetch")
                case .circuit(let circuit) where circuit.buildFlags.contains("ONEHOP_TUNNEL"): missing.remove("circuit")
                case .status(.bootstrap(let phase)) where phase.reason == "CONNECTREFUSED": missing.remove("refusal")
                case .other: Issue.record("an event that we asked for and could not read: \(event)")
                default: break
                }
                if missing.isEmpty { break }
            }
            #expect(missing.isEmpty)
        }
    }

    @Test("When it dies, a command in flight fails with the reason, and so do later ones")
    func death() async throws {
        try await TorHome.withConnection { tor in
            let pid = try await tor.processID()
            // Stopped, it takes the command and cannot answer before it dies.
            kill(pid, SIGSTOP)
            let answer = Task { try await tor.version() }
            kill(pid, SIGKILL)
            let inFlight = await #expect(throws: ControlError.self) { try await answer.value }
            #expect(inFlight?.kind == .closed)
            #expect(try await tor.ended().kind == .closed)
            let later = await #expect(throws: ControlError.self) { try await tor.version() }
            #expect(later?.kind == .closed)
            #expect(await tor.events.first { _ in true } == nil)
        }
    }

    @Test("When it is silent beyond the limit, the connection is given up")
    func silence() async throws {
        try await TorHome.withConnection { tor in
            let pid = try await tor.processID()
            kill(pid, SIGSTOP)
            defer { kill(pid, SIGKILL) }
            let error = await #expect(throws: ControlError.self) {
                try await tor.send("GETINFO version", limit: .milliseconds(100))
            }
            #expect(error?.kind == .timeLimit)
            #expect(try await tor.ended() == error)
        }
    }

    @Test("A cancelled task does not wait for its answer")
    func cancellation() async throws {
        try await TorHome.withConnection { tor in
            let pid = try await tor.processID()
            kill(pid, SIGSTOP)
            let waiting = Task { try await tor.version() }
            let watching = Task { try await tor.ended() }
            waiting.cancel()
            watching.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            await #expect(throws: CancellationError.self) { try await watching.value }
            kill(pid, SIGCONT)
            // The answer to the first question, which comes late, is not taken for this one's.
            #expect(try await tor.processID() == pid)
        }
    }

    @Test("It ends when told to", arguments: [Signal.shutdown, .halt])
    func ending(signal: Signal) async throws {
        try await TorHome.withConnection { tor in
            try await tor.signal(signal)
            #expect(try await tor.ended().kind == .closed)
        }
    }

    @Test("It obeys the signals that do not end it", arguments: Signal.allCases.filter { !$0.endsTor && $0 != .reload })
    func signals(signal: Signal) async throws {
        try await TorHome.withConnection { tor in
            try await tor.signal(signal)
            _ = try await tor.version()
        }
    }

    @Test("A connection that nobody holds is closed")
    func release() async throws {
        try await TorHome.with { home in
            try await home.withTor {
                let events = try await home.connect().events
                #expect(await events.first { _ in true } == nil)
            }
        }
    }
}

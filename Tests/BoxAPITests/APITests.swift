import BoxModel
import Foundation
import HostSystem
import NIOCore
import NIOPosix
import Testing

@testable import BoxAPI

private let status = StatusReport(
    state: "open", obstacle: nil, waitingFor: nil, bootstrapPercent: 100, torVersion: "0.4.9.11", uptimeSeconds: 5,
    version: "1", notices: [], ownTorPolicy: "chosen", guestsChooseOwnTor: true)

private typealias Answer = @Sendable (Request) async -> Reply

/// Runs a server in a folder of its own and gives its socket's path.
private func withServer(
    patience: Duration = .seconds(30), answer: @escaping Answer,
    _ body: @escaping @Sendable (String) async throws -> Void
) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "api-\(UInt32.random(in: 0 ... .max))").path
    try Folder(folder).make()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/api.sock"
    try await withThrowingTaskGroup { group in
        group.addTask { try await APIServer(path: path, patience: patience, answer: answer).run() }
        group.addTask {
            try await withTimeLimit(.seconds(10), naming: "the socket") {
                while try mode(path) != 0o660 { try await Task.sleep(for: .milliseconds(5)) }
            }
            try await withTimeLimit(.seconds(20), naming: "the test") { try await body(path) }
        }
        try await group.next()
        group.cancelAll()
    }
}

private func mode(_ path: String) throws -> Int? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
}

private let done: Answer = { _ in .done }
private let statusAnswer: Answer = { _ in .status(status) }

/// Sends bytes and returns all lines that come until the other end hangs up.
private func exchange(_ bytes: [UInt8], _ path: String) async throws -> [String] {
    let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .channelOption(.allowRemoteHalfClosure, value: true)
        .connect(unixDomainSocketPath: path) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                    wrappingChannelSynchronously: channel,
                    configuration: .init(isOutboundHalfClosureEnabled: true))
            }
        }
    return try await channel.executeThenClose { replies, requests in
        if !bytes.isEmpty {
            try await requests.write(ByteBuffer(bytes: bytes))
            requests.finish()
        }
        var text: [UInt8] = []
        for try await part in replies { text += Array(part.readableBytesView) }
        return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

@Suite("The box's socket")
struct APITests {
    static let everyRequest: [Request] = Request.Verb.allCases.map { verb in
        switch verb {
        case .status: .status
        case .devices: .devices
        case .rename: .rename(device: "device 1", alias: "Küche \"1\"")
        case .ownTor: .ownTor(device: "a", isOn: true)
        case .block: .block(device: "a\nb")
        case .unblock: .unblock(device: "")
        case .doors: .doors
        case .time: .time
        case .setTime: .setTime(seconds: 1_800_000_000)
        case .settings: .settings
        case .change: .change(settings: Settings())
        case .why: .why(destination: "[2001:db8::1]:443", device: nil)
        case .traffic: .traffic
        case .refused: .refused(device: "device 1")
        case .machine: .machine
        case .airlock: .airlock
        case .restart: .restart
        case .powerOff: .powerOff
        case .backup: .backup(passphrase: "é \"1\"")
        case .restore: .restore(file: "-----BEGIN\n\n/+=\n", passphrase: "\\")
        case .circuits: .circuits
        case .newIdentity: .newIdentity
        case .torLog: .torLog
        case .updates: .updates
        case .update: .update
        }
    }

    @Test("Every request arrives as it was sent", arguments: everyRequest)
    func carries(request: Request) async throws {
        let answer: Answer = { $0 == request ? .done : .refused(Refusal(.failed, "\($0)")) }
        try await withServer(answer: answer) { path in
            let reply = try await APIClient(path: path).ask(request)
            #expect(reply == .done)
            // Whoever writes messages by hand finds the verb under its name.
            #expect(String(decoding: try Message.line(request), as: UTF8.self).contains("{\"\(request.verb)\":{"))
        }
    }

    @Test("Every reply arrives as it was sent, ten thousand doors too")
    func replies() async throws {
        let doors = DoorsReport(set: "netdev torbox doors4", endpoints: (0..<10_000).map { "198.51.100.1:\($0)" })
        let why = WhyReport(destination: "a", device: nil, fate: .passed, rule: "b")
        let device = DeviceReport(
            name: "Küche", hardwareAddress: "c", isConnected: true, addresses: ["d"], firstSeen: "e", lastSeen: "f",
            ownTor: true, isBlocked: false,
            use: .init(
                sentBytes: 5_000_000_000, receivedBytes: 1, now: Rate(received: 4, sent: 5), guardsOpened: 2,
                guardsPerDay: 30))
        let refusals = RefusalsReport(
            device: "Küche", entries: [.init(kind: .quic, count: 6, lastSecondsAgo: 7)], destinations: ["2001:db8::1"])
        let room = MachineReport.Room(total: 4_000_000_000, available: 1)
        let machine = MachineReport(
            memory: room, disk: room, temperatures: [.init(sensor: "cpu", celsius: 41.5)], load: [0.25, 0, 7],
            processors: 4, kernel: "6.1", debian: nil, uptimeSeconds: 5)
        let rule = AirlockReport.Rule(text: "jump leaving", meaning: .asksOthers, places: nil)
        let airlock = AirlockReport(
            chains: [.init(name: "netdev torbox a", hook: "b", rules: [rule])], sets: [.init(name: "c", count: 2)])
        let updates = UpdatesReport(
            checked: 1, pending: [.init(name: "a", installed: nil, available: "2")],
            running: .init(.checking, percent: 3), failure: .init(time: 4, reason: "b"), restartFor: ["c"])
        let backup = try #require(BackupFile("-----BEGIN PGP MESSAGE-----\n\na/+=\n".utf8))
        for reply: Reply in [
            .status(status), .devices([device]), .done, .doors([doors]), .why(why), .refused(Refusal(.busy, "x")),
            .traffic(TrafficReport(samples: [Rate(received: 8, sent: 9)], secondsBetween: 2)), .refusals([refusals]),
            .machine(machine), .airlock(airlock), .backup(backup), .updates(updates),
        ] {
            let answer: Answer = { _ in reply }
            try await withServer(answer: answer) { path in
                let received = try await APIClient(path: path).ask(.status)
                #expect(received == reply)
            }
        }
    }

    struct Line: Sendable, CustomTestStringConvertible {
        let text: String

        var testDescription: String { String(text.prefix(50)) }
    }

    @Test(
        "What is no request is refused with a reason, and nothing is asked",
        arguments: [
            "\n", "{}\n", "rubbish\n", "{\"version\":1,\"body\":{\"open\":{}}}\n",
            "{\"version\":2,\"body\":{\"status\":{}}}\n",
            "{\"version\":1,\"body\":{\"block\":{}}}\n", "{\"version\":1,\"body\":{\"status\":{},\"doors\":{}}}\n",
            "\u{0}\u{1}\n", String(repeating: "[", count: 60_000) + "\n", "{\"version\":1}\n",
            String(repeating: "a", count: 65_536) + "\n",
        ].map(Line.init))
    func refuses(line: Line) async throws {
        let answer: Answer = { request in
            Issue.record("asked \(request)")
            return .done
        }
        try await withServer(answer: answer) { path in
            let answers = try await exchange(Array(line.text.utf8), path)
            #expect(answers.count == 1 && answers.allSatisfy { $0.contains("\"notUnderstood\"") })
        }
    }

    @Test("Two requests in one go get two answers in order")
    func pipelined() async throws {
        let answer: Answer = { $0 == .status ? .status(status) : .done }
        try await withServer(answer: answer) { path in
            let lines = try Message.line(Request.status) + Message.line(Request.block(device: "a"))
            let answers = try await exchange(lines, path)
            #expect(answers.count == 2)
            #expect(answers.first?.contains("status") == true && answers.last?.contains("done") == true)
        }
    }

    @Test("Who asks too often is told so and hung up on")
    func busy() async throws {
        try await withServer(answer: done) { path in
            let line = try Message.line(Request.doors)
            let answers = try await exchange(Array(repeating: line, count: 2_000).flatMap { $0 }, path)
            #expect(answers.count < 2_000)
            #expect(answers.last?.contains("\"busy\"") == true)
        }
    }

    @Test("Who says nothing is hung up on")
    func idle() async throws {
        try await withServer(patience: .milliseconds(100), answer: done) { path in
            let answers = try await exchange([], path)
            #expect(answers == [])
        }
    }

    @Test("An account that is neither root nor in the group is turned away")
    func strangers() async throws {
        try await withServer(answer: done) { path in
            let connect = """
                use Socket; socket(S, PF_UNIX, SOCK_STREAM, 0); connect(S, pack_sockaddr_un($ARGV[0])) or die; print <S>
                """
            let stranger = ["--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "perl", "-e", connect, path]
            // Where the file's mode is no help, the kernel's word on who connects is.
            for folder in [path, String(path[..<path.lastIndex(of: "/")!])] { chmod(folder, 0o777) }
            let outcome = try await Command("setpriv", stranger).outcome()
            #expect(outcome.output.contains("\"notAdmitted\""), "\(outcome)")
            chmod(path, 0o660)
            let kept = try await Command("setpriv", stranger).outcome()
            #expect(kept.status != 0 && kept.output.isEmpty)
        }
    }

    @Test("A member of the group asks as root does, and reads the answer")
    func members() async throws {
        let group = try #require(UserGroup(named: Peer.admittedGroup), "scripts/bootstrap makes this group")
        try await withServer(answer: statusAnswer) { path in
            chmod(String(path[..<path.lastIndex(of: "/")!]), 0o755)
            let ask = """
                use Socket; use IO::Handle; socket(S, PF_UNIX, SOCK_STREAM, 0);
                connect(S, pack_sockaddr_un($ARGV[0])) or die $!; S->autoflush(1); print S $ARGV[1]; print scalar <S>;
                """
            let line = String(decoding: try Message.line(Request.status), as: UTF8.self)
            func asked(by group: String) async throws -> Command.Outcome {
                let account = ["--reuid", "nobody", "--regid", group, "--clear-groups"]
                return try await Command("setpriv", account + ["perl", "-e", ask, path, line]).outcome()
            }
            let member = try await asked(by: "\(group.id)")
            #expect(member.output.contains("\"status\""), "\(member)")
            let stranger = try await asked(by: "nogroup")
            #expect(stranger.status != 0 && stranger.output.isEmpty)
        }
    }

    @Test("Without a torboxd the error says so")
    func absent() async throws {
        let error = await #expect(throws: APIError.self) {
            try await APIClient(path: "/nonexistent/api.sock").ask(.status)
        }
        #expect(error?.kind == .notRunning && error?.message.contains("torboxd does not run") == true)
    }

    @Test("A budget lets a burst through, then so many a second")
    func budget() {
        let start = ContinuousClock.now
        var budget = RequestBudget(now: start)
        #expect((0..<100).count { _ in budget.take(now: start) } == Int(RequestBudget.burst))
        #expect((0..<100).count { _ in budget.take(now: start + .seconds(2)) } == 2 * Int(RequestBudget.perSecond))
        #expect((0..<100).count { _ in budget.take(now: start + .seconds(9999)) } == Int(RequestBudget.burst))
    }
}

import NetAddress
import Testing

@testable import TorControl

struct EventTests {
    static func event(_ text: String) -> ControlEvent {
        ControlEvent(Reply(code: 650, lines: [Reply.Line(text: text)]))
    }

    static func bootstrap(_ text: String) -> BootstrapPhase? {
        guard case .status(.bootstrap(let phase)) = event(text) else { return nil }
        return phase
    }

    @Test("A bootstrap problem is read with all that tor says of it")
    func bootstrapProblem() throws {
        let phase = try #require(
            Self.bootstrap(
                #"STATUS_CLIENT WARN BOOTSTRAP PROGRESS=5 TAG=conn SUMMARY="Connecting to a relay" "#
                    + #"WARNING="Connection \"refused\"" REASON=CONNECTREFUSED COUNT=11 RECOMMENDATION=warn "#
                    + #"HOSTID="FFCB46DB1339DA84674C70D7CB586434C4370441" HOSTADDR="192.0.2.1:443""#))
        #expect(phase.severity == .warning)
        #expect(phase.progress == 5)
        #expect(phase.tag == "conn")
        #expect(phase.summary == "Connecting to a relay")
        #expect(phase.warning == #"Connection "refused""#)
        #expect(phase.reason == "CONNECTREFUSED")
        #expect(phase.count == 11)
        #expect(phase.deservesWarning)
        #expect(!phase.isDone)
    }

    @Test("The value of GETINFO and the event are the same phase")
    func bootstrapValue() throws {
        let text = #"NOTICE BOOTSTRAP PROGRESS=100 TAG=done SUMMARY="Done""#
        let phase = try #require(BootstrapPhase(status: text))
        #expect(phase == Self.bootstrap("STATUS_CLIENT " + text))
        #expect(phase.isDone)
    }

    static let relay = Endpoint("192.0.2.1:9001")
    static let directory = Endpoint("[2001:db8::1]:443")

    @Test(
        "Status events are typed",
        arguments: [
            ("STATUS_CLIENT NOTICE CIRCUIT_ESTABLISHED", StatusEvent.circuitEstablished),
            (
                "STATUS_CLIENT NOTICE CIRCUIT_NOT_ESTABLISHED REASON=CLOCK_JUMPED",
                .circuitNotEstablished(reason: "CLOCK_JUMPED")
            ),
            ("STATUS_CLIENT NOTICE ENOUGH_DIR_INFO", .enoughDirectoryInfo),
            ("STATUS_CLIENT NOTICE NOT_ENOUGH_DIR_INFO FUTURE=1", .notEnoughDirectoryInfo),
            ("STATUS_CLIENT NOTICE CONSENSUS_ARRIVED", .consensusArrived),
            ("STATUS_GENERAL NOTICE CLOCK_JUMPED TIME=-3600", .clockJumped(seconds: -3600)),
            ("STATUS_GENERAL NOTICE CLOCK_JUMPED", .clockJumped(seconds: nil)),
            (
                "STATUS_GENERAL WARN NEW_ACTION KEY=value",
                .other(severity: .warning, action: "NEW_ACTION", arguments: ["KEY": "value"])
            ),
        ])
    func status(text: String, expected: StatusEvent) {
        #expect(Self.event(text) == .status(expected))
    }

    @Test(
        "A clock skew is read with its sign and its source",
        arguments: [
            ("SKEW=-86400 SOURCE=CONSENSUS", -86400, nil, ClockSkew.Source.consensus),
            ("MIN_SKEW=-3600 SOURCE=CONSENSUS", nil, -3600, .consensus),
            ("SKEW=+7200 SOURCE=OR:192.0.2.1:9001", 7200, nil, .relay(relay)),
            (#"SOURCE="DIRSERV:[2001:db8::1]:443" SKEW=60"#, 60, nil, .directory(directory)),
            ("SKEW=60 SOURCE=OR:somewhere", 60, nil, .relay(nil)),
            ("SKEW=60 SOURCE=SUNDIAL:x", 60, nil, .other("SUNDIAL")),
            ("", nil, nil, .other("")),
        ] as [(String, Int?, Int?, ClockSkew.Source)])
    func clockSkew(text: String, seconds: Int?, atLeast: Int?, source: ClockSkew.Source) {
        guard case .status(.clockSkew(let skew)) = Self.event("STATUS_GENERAL WARN CLOCK_SKEW " + text) else {
            Issue.record("not a clock skew")
            return
        }
        #expect(skew.seconds == seconds)
        #expect(skew.atLeast == atLeast)
        #expect(skew.source == source)
    }

    @Test("A stream is read with target, source and purpose")
    func stream() throws {
        let text =
            "STREAM 21 NEW 0 onion.example:443 SOURCE_ADDR=[fd00::2]:5000 PURPOSE=USER CLIENT_PROTOCOL=TRANS "
            + "NYM_EPOCH=0 SESSION_GROUP=-4 ISO_FIELDS=CLIENTADDR"
        guard case .stream(let stream) = Self.event(text) else {
            Issue.record("not a stream")
            return
        }
        #expect(stream.id == "21")
        #expect(stream.status == .new)
        #expect(stream.circuit == nil)
        #expect(stream.target == "onion.example:443")
        #expect(stream.source == Endpoint("[fd00::2]:5000"))
        #expect(stream.purpose == "USER")
        #expect(stream.clientProtocol == "TRANS")
    }

    @Test("A target with an equals sign is a target")
    func streamTarget() throws {
        guard
            case .stream(let stream) = Self.event(
                "STREAM 1 FAILED 7 PURPOSE=DIR_FETCH:80 REASON=END REMOTE_REASON=DONE")
        else {
            Issue.record("not a stream")
            return
        }
        #expect(stream.target == "PURPOSE=DIR_FETCH:80")
        #expect(stream.purpose == nil)
        #expect(stream.circuit == "7")
        #expect(stream.reason == "END")
        #expect(stream.remoteReason == "DONE")
    }

    static let hops = ["$" + String(repeating: "A1", count: 20), "$" + String(repeating: "0F", count: 20) + "~nick"]

    @Test("A circuit is read with and without its path")
    func circuit() throws {
        guard
            case .circuit(let built) = Self.event(
                "CIRC 4 BUILT \(Self.hops.joined(separator: ",")) BUILD_FLAGS=IS_INTERNAL,NEED_UPTIME PURPOSE=GENERAL"),
            case .circuit(let launched) = Self.event("CIRC 5 LAUNCHED BUILD_FLAGS=NEED_CAPACITY PURPOSE=GENERAL"),
            case .circuit(let unknown) = Self.event("CIRC 6 DANCING")
        else {
            Issue.record("not a circuit")
            return
        }
        #expect(built.path.map(\.description) == Self.hops.map { String($0.dropFirst().prefix(40)) })
        #expect(built.buildFlags == ["IS_INTERNAL", "NEED_UPTIME"])
        #expect(launched.path.isEmpty)
        #expect(launched.purpose == "GENERAL")
        #expect(unknown.status == .unknown)
    }

    @Test("Liveness, log lines and a consensus are typed")
    func rest() throws {
        #expect(Self.event("NETWORK_LIVENESS UP") == .networkLiveness(.up))
        #expect(Self.event("NETWORK_LIVENESS DOWN") == .networkLiveness(.down))
        #expect(Self.event("NETWORK_LIVENESS SIDEWAYS") == .networkLiveness(.other("SIDEWAYS")))
        guard case .log(let line) = Self.event("WARN  two spaces \"and\" quotes") else {
            Issue.record("not a log line")
            return
        }
        #expect(line.severity == .warning)
        #expect(line.message == " two spaces \"and\" quotes")
        let data = Array("r x\ns y".utf8)
        let reply = Reply(code: 650, lines: [.init(text: "NEWCONSENSUS", data: data), .init(text: "OK")])
        #expect(ControlEvent(reply) == .newConsensus(NewConsensus(lines: data)))
    }

    @Test(
        "What is not understood is kept whole",
        arguments: [
            "", "BW 1 2", "STREAM", "STREAM 1 NEW 0", #"STREAM 1 NEW 0 a:1 X="open"#, "CIRC", "CIRC 1",
            "CIRC 1 BUILT $00",
            "STATUS_CLIENT", "STATUS_CLIENT LOUD BOOTSTRAP PROGRESS=1", "STATUS_CLIENT NOTICE BOOTSTRAP PROGRESS=101",
            "STATUS_CLIENT NOTICE BOOTSTRAP", "NETWORK_LIVENESS",
        ])
    func other(text: String) {
        let reply = Reply(code: 650, lines: [Reply.Line(text: text)])
        #expect(ControlEvent(reply) == .other(reply))
    }

    @Test(
        "No way of printing an event shows who talks to whom",
        arguments: [
            "STREAM 21 NEW 0 secret.example:443 SOURCE_ADDR=10.99.0.2:5000 PURPOSE=USER",
            "STREAM 21 REMAP 3 10.99.0.2:443 SOURCE=EXIT",
            "STREAM secret.example",
            "ADDRMAP secret.example 10.99.0.2 NEVER",
            "STATUS_CLIENT WARN SOCKS_BAD_HOSTNAME HOSTNAME=\"secret.example\"",
            "STATUS_CLIENT WARN DANGEROUS_SOCKS PROTOCOL=SOCKS5 ADDRESS=10.99.0.2:80",
            "STATUS_CLIENT WARN BOOTSTRAP PROGRESS=5 TAG=conn WARNING=\"to 10.99.0.2\" HOSTADDR=\"10.99.0.2:1\"",
            "STATUS_GENERAL WARN CLOCK_SKEW SKEW=-60 SOURCE=OR:10.99.0.2:443",
            "CIRC 4 CLOSED REND_QUERY=secret.example SOCKS_USERNAME=\"10.99.0.2\"",
        ])
    func redaction(text: String) {
        let event = Self.event(text)
        var dumped = ""
        dump(event, to: &dumped)
        dump(ControlSession.Event.event(event), to: &dumped)
        for printed in ["\(event)", String(reflecting: event), "\(ControlSession.Event.event(event))", dumped] {
            #expect(!printed.contains("secret"))
            #expect(!printed.contains("10.99"))
        }
    }
}

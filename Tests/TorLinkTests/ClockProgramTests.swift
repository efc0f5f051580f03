import BoxTime
import Foundation
import HostSystem
import NetAddress
import Testing
import TorDocuments
import TorLink

@Suite("The program that asks relays for the time")
struct ClockProgramTests {
    @Test("It asks all relays that it is told, and says of each what became of it")
    func asksAll() async throws {
        try await Loopback.with { loopback in
            try await loopback.withTor { v4, v6, pin in
                let nobody = Loopback.freeEndpoint()
                let questions = [
                    ClockQuestion(RelayClock(v4, pin)), ClockQuestion(RelayClock(v6, RelayPin(pin.fingerprint))),
                    ClockQuestion(RelayClock(nobody, pin)), ClockQuestion(RelayClock(v4, Sample.pin)),
                ]
                let output = try await Self.program.run(
                    input: questions.map { "\($0)\n" }.joined(), limit: .seconds(60))
                let lines = try output.split(separator: "\n").map { try ClockLine(json: Array($0.utf8)) }
                #expect(lines.count == 4)
                for line in lines {
                    switch (line.endpoint, line.relay, line.outcome) {
                    case (v4, pin.fingerprint, .time), (v6, pin.fingerprint, .time),
                        (nobody, pin.fingerprint, .failure(.unreachable, _)),
                        (v4, Sample.pin.fingerprint, .failure(.wrongIdentity, _)):
                        break
                    default: Issue.record("\(line)")
                    }
                }
                #expect(Set(lines).count == 4)
            }
        }
    }

    @Test("It asks nobody at all where one line is wrong, or where there are too many")
    func refusesWrongLines() async throws {
        let right = "\(ClockQuestion(RelayClock(Loopback.freeEndpoint(), Sample.pin)))\n"
        for wrong in ["\n\(right)x", String(repeating: right, count: 33), String(repeating: "\n", count: 20_000)] {
            let outcome = try await Self.program.outcome(input: right + wrong)
            #expect(outcome.status == 65)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.hasPrefix("torbox-clock: "))
        }
        #expect(try await Self.program.run() == "")
    }

    @Test("A line of a question is read as it is written, and nothing else is")
    func readsQuestions() throws {
        let short = "192.0.2.1:443 \(Sample.pin.fingerprint)"
        let long = "[2001:db8::1]:9001 \(Sample.pin.fingerprint) \(try #require(Sample.pin.ed25519))"
        for line in [short, long] { #expect(ClockQuestion(line)?.description == line) }
        for line in [
            "", short + " ", " " + short, short + " x", "192.0.2.1:0 \(Sample.pin.fingerprint)",
            "relay.example:443 \(Sample.pin.fingerprint)", long + " x", String(short.dropLast()),
        ] { #expect(ClockQuestion(line) == nil, "\(line)") }
    }

    @Test("A line of an answer is read as it is written", arguments: LinkError.Kind.allCases)
    func readsAnswers(kind: LinkError.Kind) throws {
        let endpoint = try #require(Endpoint("[2001:db8::1]:443"))
        let failure = ClockLine(
            RelayClock(endpoint, Sample.pin), LinkError(kind, .tls, "a \"reason\" – over\ntwo lines"))
        let time = ClockLine(
            endpoint: endpoint, relay: Sample.pin.fingerprint, outcome: .time(.max, asked: 1, answered: .max))
        for line in [failure, time] {
            let json = try line.json()
            #expect(json.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).count == 2)
            #expect(try ClockLine(json: json) == line)
        }
        #expect(
            String(decoding: try time.json(), as: UTF8.self)
                == """
                {"answered":18446744073709551615,"asked":1,"endpoint":"[2001:db8::1]:443",\
                "relay":"\(Sample.pin.fingerprint)","time":4294967295}

                """)
    }

    /// The program beside the bundle of tests.
    private static let program: Command = {
        var folder = Bundle.module.bundleURL
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let program = folder.appending(path: "torbox-clock").path
            if FileManager.default.isExecutableFile(atPath: program) { return Command(program) }
        }
        fatalError("torbox-clock is not beside the tests; build it first")
    }()
}

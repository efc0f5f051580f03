import Glibc
import HostSystem
import NetAddress
import Testing

@testable import BoxLab

/// What devices ask: `pool.ntp.org`, and a server that they know by its number; each in both families.
private let servers: [IPAddress] = [
    .v4(Addresses.timeServer), .v6(Addresses.timeServerV6), .v4(IPv4Address("192.0.2.77")!),
    .v6(IPv6Address("2001:db8:77::77")!),
]

extension Live {
    @Suite("The time for the LAN", .serialized, .lab)
    struct TimeServiceTests {
        private func lab(_ mode: LabMode) async throws -> Lab {
            let lab = try await Lab.up(
                mode: mode, checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
            if mode == .box, try lab.box.currentState() != "open" { try await lab.box.start() }
            try await lab.box.waitForClients()
            return lab
        }

        @Test("Whatever server a device asks, it gets the box's time, and nobody outside is asked", arguments: servers)
        func answers(server: IPAddress) async throws {
            let lab = try await lab(.box)
            let scene = try await Scene(lab)
            let (answer, seen) = try await scene.watching { try await scene.time(from: server) }
            guard case .time(let seconds, stratum: 10) = answer else {
                Issue.record("\(server): \(answer)")
                return
            }
            let error = try await lab.box.clockError()
            #expect(abs(seconds - Double(time(nil)) - error) < 2)
            try seen.requireAllowed()
            #expect(try Scene.timeServersAsked(in: seen.file).isEmpty)
        }

        @Test(
            "A real NTP client that knows a name alone finds the box's time within a second", arguments: ["-4", "-6"])
        func realClient(family: String) async throws {
            let lab = try await lab(.box)
            let scene = try await Scene(lab)
            let (outcome, seen) = try await scene.watching {
                try await LabHost.client2.outcome(
                    "chronyd",
                    [
                        "-Q", "-t", "25", family, "server pool.ntp.org iburst", "cmdport 0", "bindcmdaddress /",
                        "pidfile /run/torbox-lab/asking.pid",
                    ])
            }
            // "System clock wrong by 0.001 seconds (ignored)"
            let words = (outcome.output + outcome.errors).split(separator: " ")
            let wrong = try #require(words.firstIndex(of: "wrong"), "\(outcome)")
            let measured = try #require(Double(words[wrong + 2]))
            #expect(try await abs(measured - lab.box.clockError()) < 1)
            try seen.requireAllowed()
        }

        @Test("It is chronyd that serves: without root, with one right, on the LAN's addresses and no other port")
        func rights() async throws {
            _ = try await lab(.box)
            let sockets = try await LabHost.box.run("ss", ["-Hlnup"]).split(separator: "\n").filter {
                $0.contains("\"chronyd\"")
            }
            let places = sockets.compactMap { $0.split(separator: " ").dropFirst(3).first.map(String.init) }
            #expect(places.sorted() == ["10.84.0.1:123", "[fd84:84:84::1]:123"])
            let mention = try #require(sockets.first?.split(separator: "pid=").last)
            let id = mention.prefix(while: \.isNumber)
            let status = try #require(try LabFolder("/proc/\(id)").read("status"))
            let user = try await Command("id", ["-u", "_chrony"]).run().trimmed
            #expect(status.contains("Uid:\t\(user)\t\(user)\t\(user)\t\(user)\n"))
            // CAP_NET_BIND_SERVICE is the eleventh.
            for set in ["CapPrm", "CapEff", "CapBnd", "CapInh"] {
                #expect(status.contains("\(set):\t0000000000000400\n"))
            }
        }

        @Test("While the clock is not trusted a device is refused at once, and its question goes nowhere")
        func refuses() async throws {
            let lab = try await lab(.box)
            try await lab.tor.whileDeaf {
                try await lab.box.start(clock: .at(0), until: "clock")
                let scene = try await Scene(lab)
                let (answers, seen) = try await scene.watching {
                    var answers: [TimeAnswer] = []
                    for server in servers { answers.append(try await scene.time(from: server)) }
                    return answers
                }
                #expect(answers == servers.map { _ in .refused })
                try seen.requireAllowed()
                #expect(try Scene.timeServersAsked(in: seen.file).isEmpty)
            }
            try await lab.box.start()
        }

        @Test("Control: with the box's rules away each question is seen on the uplink", arguments: servers)
        func control(server: IPAddress) async throws {
            let lab = try await lab(.naked)
            let scene = try await Scene(lab)
            let capture = try await lab.startCapture()
            _ = try await scene.time(from: server)
            #expect(try Scene.timeServersAsked(in: await capture.finish()) == [server])
        }
    }
}

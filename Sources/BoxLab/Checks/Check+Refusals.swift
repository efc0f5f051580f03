import HostSystem
import NetAddress
import NetFrames

extension Check {
    /// What cannot go through Tor: refused, and heard by the one who sent it.
    static let refusals: [Check] = [
        Check("opens the uplink router's page, tor's ports and the box's other ports") { scene in
            // Not the router's IPv6 address: that is a public one, to which Tor carries from the outside as to any other.
            let closed = [
                "http://\(Addresses.router)/", "http://\(scene.context.uplink4)/",
                "http://[\(scene.context.uplink6)]:9040/",
                "http://\(scene.context.box4):9051/", "http://\(scene.context.box4):9040/", "http://\(scene.context.box4):22/",
                "http://[\(scene.context.box6)]:9040/",
            ]
            for address in closed {
                let outcome = try await LabHost.client1.outcome(
                    "curl", ["--silent", "--show-error", "--globoff", "--max-time", "20", address])
                // 7: the connection was refused. 28 would be a hang, 0 a page.
                try expect(outcome.status == 7, "\(address): curl ends with \(outcome.status): \(outcome.errors)")
            }
            return "\(closed.count) connections refused at once"
        },
        Check("sends \(Probe.allCases.count) kinds of forbidden packets") { scene in
            let socket = try scene.socket()
            var refused = 0
            for probe in Probe.allCases {
                try socket.forgetReceived()
                for frame in probe.frames(in: scene.context) { try socket.send(frame) }
                guard let wanted = probe.refusal else { continue }
                let answer = try await probe.answer(on: socket, within: .seconds(5))
                try expect(answer == wanted, "\(probe): \(answer.map { "\($0)" } ?? "no answer"), not \(wanted)")
                refused += 1
            }
            return "\(refused) refused aloud, the rest dropped"
        },
        Check("goes on with connections that the box has forgotten") { scene in
            try await forgottenConnections(scene)
        },
    ]

    /// Takes a live connection, makes the box forget it, and goes on with every kind of segment that it could have.
    private static func forgottenConnections(_ scene: Scene) async throws -> String {
        let socket = try scene.socket()
        var count = 0
        for server in [IPAddress.v4(Addresses.web), .v6(Addresses.webV6)] {
            let flow = LiveFlow(
                client: Endpoint(server.isIPv4 ? .v4(scene.context.client4) : .v6(scene.context.client6), 47_000),
                server: Endpoint(server, 80), sequence: 1000, acknowledgment: 0)
            guard let opening = flow.segment(.syn, in: scene.context) else { continue }
            try socket.send(opening)
            let answer = try await socket.firstFrame(within: .seconds(10)) { flow.isAnswer($0) }
            guard let answer, let live = flow.established(by: answer) else {
                throw LabError(.check, "the box did not take a connection to \(server)")
            }
            for isForgotten in [false, true] {
                if isForgotten { try await scene.forgetConnections() }
                for (_, frame) in live.leftovers(in: scene.context) {
                    try socket.send(frame)
                    count += 1
                }
            }
        }
        return "\(count) ACK, data, FIN and RST segments went nowhere"
    }
}

extension Scene {
    /// Takes the client's connections out of the box's connection tracking, as a flush would, but not tor's own.
    fileprivate func forgetConnections() async throws {
        for (family, address) in [("ipv4", "\(context.client4)"), ("ipv6", "\(context.client6)")] {
            // It ends with 1 where there was none.
            _ = try await LabHost.box.outcome("conntrack", ["-f", family, "-D", "-s", address])
        }
    }
}

extension Probe {
    /// The refusal that a box in state open owes; `nil` where it owes none.
    fileprivate var refusal: Received? {
        switch expectedAnswer {
        case .reset: .reset
        case .prohibited: .prohibited
        case .resetUntilOpen, .silence, .unpromised: nil
        }
    }
}

extension IPAddress {
    fileprivate var isIPv4: Bool {
        switch self {
        case .v4: true
        case .v6: false
        }
    }
}

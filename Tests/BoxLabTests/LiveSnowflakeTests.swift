import FoundationEssentials
import Glibc
import HostSystem
import NetAddress
import NetFrames
import Testing
import TorControl

@testable import BoxLab

extension Live {
    /// Nobody carries here: what is shown is how far snowflake's program comes, and that nobody else comes that far.
    @Suite("Snowflake bridges", .serialized, .lab)
    struct SnowflakeTests {
        private static let user = "torbox-snowflake"
        private static let server = Place(isTCP: false, Endpoint(.v4(Addresses.publicResolver), 3478))
        private static let broker = Place(isTCP: true, Endpoint(.v4(Addresses.web), 443))
        private static let resolver = Place(isTCP: false, Endpoint(.v4(Addresses.router), 53))
        /// The broker's own name is asked of nobody; its front has one that the uplink's resolver knows.
        private static let line =
            "snowflake 192.0.2.3:80 \(String(repeating: "C", count: 40)) url=https://broker.example/ "
            + "front=www.example.net ice=stun:\(server.endpoint)"

        struct Place: Hashable, CustomStringConvertible {
            let isTCP: Bool
            let endpoint: Endpoint

            init(isTCP: Bool, _ endpoint: Endpoint) {
                (self.isTCP, self.endpoint) = (isTCP, endpoint)
            }

            var description: String { "\(isTCP ? "TCP" : "UDP") \(endpoint)" }
        }

        /// Where nobody else sends anything, each user to a number of their own.
        private func places(_ number: Int) -> Set<Place> {
            let (v4, v6) = ("203.0.113.\(150 + number)", "[2001:db8:80::\(150 + number)]")
            return [
                Place(isTCP: false, Endpoint("\(v4):40000")!), Place(isTCP: true, Endpoint("\(v4):443")!),
                Place(isTCP: false, Endpoint("\(v4):53")!), Place(isTCP: false, Endpoint("\(v6):40000")!),
                Place(isTCP: true, Endpoint("\(v6):443")!),
            ]
        }

        /// Sends to each place as a user of a host; what comes of it is seen on the wire.
        private func send(to places: Set<Place>, as user: String, on host: LabHost = .box) async throws -> String {
            let script = places.map { place in
                let device = "/dev/\(place.isTCP ? "tcp" : "udp")/\(place.endpoint.address)/\(place.endpoint.port)"
                return "timeout 0.3 bash -c 'echo x >\(device)'"
            }.joined(separator: "; ")
            return try await host.outcome(
                "setpriv", ["--reuid", user, "--clear-groups", "bash", "-c", script]
            ).errors
        }

        private func places(in file: String) throws -> Set<Place> {
            var places: Set<Place> = []
            let reader = try PcapReader(path: file)
            while let captured = try reader.next() {
                switch try Frame(parsing: captured.bytes).content {
                case .ipv4(let packet): places.formUnion(place(packet.transport, .v4(packet.destination)))
                case .ipv6(let packet): places.formUnion(place(packet.transport, .v6(packet.destination)))
                case .arp, .other: break
                }
            }
            return places
        }

        private func place(_ transport: Transport, _ address: IPAddress) -> [Place] {
            switch transport {
            case .tcp(let segment): [Place(isTCP: true, Endpoint(address, segment.destinationPort))]
            case .udp(let datagram): [Place(isTCP: false, Endpoint(address, datagram.destinationPort))]
            case .icmp, .icmpv6, .fragment, .other: []
            }
        }

        private func waitForProgram() async throws {
            for place in [Self.server, Self.broker] {
                let words = ["-L", "-p", place.isTCP ? "tcp" : "udp", "-d", "\(place.endpoint.address)"]
                try await wait(upTo: .seconds(60), for: "snowflake's program at \(place)") {
                    try await LabHost.box.outcome("conntrack", words).output
                        .contains("dport=\(place.endpoint.port) ")
                }
            }
        }

        private func up() async throws -> (Lab, Scene) {
            let lab = try await Lab.up(checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
            if try LabProcess.running("broker", on: .inet) == nil {
                // Of a connection that is refused the kernel keeps nothing that could be waited for.
                let place = "TCP4-LISTEN:443,bind=\(Addresses.web),fork,reuseaddr"
                try await LabProcess.start("broker", on: .inet, Command("socat", ["-u", place, "OPEN:/dev/null"]))
            }
            let scene = try await Scene(lab)
            // The last words of the tor that ends here are no test's.
            try await lab.box.reset()
            return (lab, scene)
        }

        private func connect(_ box: LabBox) async throws {
            try await box.loadRules(LabBox.through([Self.line]))
            try await box.waitFor(state: "connecting", by: box.launch(), limit: .seconds(30))
            try await waitForProgram()
        }

        private func isOpenBeyond() async throws -> Bool {
            try await LabHost.box.run("nft", ["list", "set", "netdev", "torbox", "beyond"]).contains("wan0")
        }

        @Test("Their program asks for names, a broker and its own address outside, and nobody else gets out beside it")
        func goesBeyond() async throws {
            let (lab, scene) = try await up()
            let others = ["root", "debian-tor", "torbox-clock", "torbox-web", "_chrony"]
            let ofDevice = places(90)
            let notPublic: Set = [
                Place(isTCP: false, Endpoint(.v4(Addresses.router), 3478)),
                Place(isTCP: true, Endpoint(.v4(Addresses.router), 443)),
                Place(isTCP: true, Endpoint("203.0.113.200:80")!),
            ]
            let (_, seen) = try await scene.watching(.snowflake) {
                try await connect(lab.box)
                for (number, user) in others.enumerated() { _ = try await send(to: places(number), as: user) }
                _ = try await send(to: places(80), as: Self.user)
                _ = try await send(to: notPublic, as: Self.user)
                _ = try await send(to: ofDevice, as: "root", on: .client1)
                #expect(try await isOpenBeyond())
            }
            try seen.requireAllowed()
            let found = try places(in: seen.file)
            #expect(found.isSuperset(of: [Self.server, Self.broker, Self.resolver]))
            #expect(found.isSuperset(of: places(80)), "the control")
            for number in others.indices {
                #expect(found.isDisjoint(with: places(number)), "\(others[number])")
            }
            #expect(found.isDisjoint(with: ofDevice.union(notPublic)))
            try await lab.box.stop()
        }

        @Test("To the box itself and to the LAN that program may say nothing, but answer tor")
        func asksNothingInside() async throws {
            let (lab, _) = try await up()
            try await connect(lab.box)
            let inside: Set = [
                Place(isTCP: false, Endpoint("127.0.0.1:53")!),
                Place(isTCP: false, Endpoint(Addresses.lan.address, 53)),
                Place(isTCP: false, Endpoint("10.84.0.200:40000")!),
            ]
            for place in inside {
                let refused = try await send(to: [place], as: Self.user)
                #expect(refused.contains("Operation not permitted"), "\(place): \(refused)")
                let control = try await send(to: [place], as: "root")
                #expect(!control.contains("Operation not permitted"), "\(place): \(control)")
            }
            try await lab.box.stop()
        }

        @Test("A program that comes back is found at its other port, by tor too; meanwhile its way is shut")
        func comesBack() async throws {
            let (lab, _) = try await up()
            try await connect(lab.box)
            let before = try await transport(lab.box)
            let program = try #require(
                try await RunningProcess(
                    pidFile: "\(LabBox.runtime.path)/snowflake.pid", having: "/usr/bin/snowflake-client"))
            try program.send(SIGKILL)
            try await wait(upTo: .seconds(30), for: "another port") {
                // No tor is asked while it is told.
                try await Task.sleep(for: .milliseconds(200))
                return try await transport(lab.box) != before
            }
            try await lab.box.waitFor(state: "connecting", limit: .seconds(30))
            #expect(try await isOpenBeyond())
            #expect(before.hasPrefix("snowflake socks5 127.0.0.1:"))
            try await lab.box.stop()
        }

        private func transport(_ box: LabBox) async throws -> String {
            let connection = try await box.torControl()
            defer { connection.close() }
            return try await connection.getConfiguration("ClientTransportPlugin").compactMap(\.value).joined()
        }

        @Test("Before such bridges are given, after they are taken away, and when closed, that user sends nothing")
        func endsWithThem() async throws {
            let (lab, scene) = try await up()
            try await lab.box.start()
            let (_, before) = try await scene.watching(.open(doors: Scene.doors, guards: Scene.guards)) {
                _ = try await send(to: places(0), as: Self.user)
            }
            try before.requireAllowed()

            try await set(lab.box, [Self.line])
            try await waitForProgram()
            let (_, control) = try await scene.watching(.snowflake) {
                _ = try await send(to: places(0), as: Self.user)
            }
            #expect(try places(in: control.file).isSuperset(of: places(0)), "the control")

            try await set(lab.box, [])
            try await lab.box.waitFor(state: "open", limit: .seconds(60))
            let (_, after) = try await scene.watching(.open(doors: Scene.doors, guards: Scene.guards)) {
                _ = try await send(to: places(0), as: Self.user)
            }
            try after.requireAllowed()
            #expect(try await !isOpenBeyond())
            let program = try await RunningProcess(
                pidFile: "\(LabBox.runtime.path)/snowflake.pid", having: "/usr/bin/snowflake-client")
            #expect(program == nil)

            try await lab.box.reset()
            try await connect(lab.box)
            try await lab.box.stop()
            let (_, closed) = try await scene.watching(.closed) {
                _ = try await send(to: places(0), as: Self.user)
            }
            try closed.requireAllowed()
        }

        private func set(_ box: LabBox, _ lines: [String]) async throws {
            let told = try await box.told(["settings", "set", "bridges.lines"] + lines)
            try #require(told.contains("in force"), "\(told)")
            try await wait(upTo: .seconds(30), for: "the end of the trial") {
                try LabBox.state.read("settings.before.toml") == nil
            }
        }
    }
}

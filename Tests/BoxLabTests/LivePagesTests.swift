import BoxAPI
import Foundation
import HostSystem
import NetAddress
import Testing

@testable import BoxLab

extension Live {
    @Suite("The box's pages, from its clients", .serialized, .lab)
    struct PagesTests {
        private func scene() async throws -> Scene {
            let lab = try await Lab.up(checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
            if try lab.box.currentState() != "open" { try await lab.box.start() }
            try await lab.box.waitForClients()
            try await lab.box.waitForPages()
            return try await Scene(lab)
        }

        /// What the box calls a client; it looks every 15 s who is there.
        private func name(of host: LabHost) async throws -> String {
            var name: Substring?
            try await wait(upTo: .seconds(40), for: "\(host) among the devices") {
                try await Task.sleep(for: .milliseconds(300))
                name = try await PageReader(host).read("/").firstMatch(of: /known to the box as ([^<]+)\./)?.output.1
                return name != nil
            }
            return String(name!)
        }

        /// Whether a client's connections are carried.
        private func opensAPage(_ host: LabHost) async throws -> Bool {
            try await host.outcome(
                "curl", ["--silent", "--max-time", "60", "--output", "/dev/null", "http://\(Addresses.web)/"],
                limit: .seconds(70)
            ).status == 0
        }

        @Test("The first visit chooses the password; then home says in both languages that all is protected")
        func firstVisit() async throws {
            let scene = try await scene()
            let owner = PageReader(.client1)
            let seen = try await scene.watching {
                #expect(try await owner.read("/").contains("This box has no owner yet"))
                let weak = try await owner.submit(
                    "/welcome", ["password": "short", "again": "short"], from: "/welcome")
                #expect(weak.contains("too short"))
                try await owner.becomeOwner()
                #expect(try await owner.read("/").contains("<h2>Protected</h2>"))
                #expect(try await owner.read("/", language: "fr").contains("<h2>Protégé</h2>"))
                #expect(try await owner.read("/system").contains("Relays of the Tor network have confirmed it."))
                let airlock = try await owner.read("/system/airlock")
                #expect(airlock.contains("netdev torbox doors4") && !airlock.contains("does not know"))
                #expect(try await owner.read("/why?destination=\(Addresses.web):80").contains("Tor carries it."))
                #expect(try await owner.read("/why?destination=\(Addresses.router):80").contains("It is refused"))
            }.seen
            try seen.requireAllowed()
        }

        @Test("The page for tor draws the circuits that there are, and its button has them changed")
        func tor() async throws {
            let scene = try await scene()
            let owner = PageReader(.client1)
            try await owner.becomeOwner()
            let seen = try await scene.watching {
                try await wait(upTo: .seconds(60), for: "a circuit on the page") {
                    try await Task.sleep(for: .milliseconds(500))
                    return try await owner.read("/tor").contains("<svg class=\"circuits\"")
                }
                let page = try await owner.read("/tor", language: "fr")
                #expect(page.contains("pays inconnu, relais exit") && page.contains("Premiers relais utilisés"))
                let answer = try await owner.submit("/tor/identity", [:], from: "/tor")
                #expect(answer.contains("take other circuits") || answer.contains("It does it again by itself in"))
            }.seen
            try seen.requireAllowed()
        }

        @Test("A password that root chooses by the command holds at once, and ends the sessions that exist")
        func password() async throws {
            let box = try await scene().lab.box
            let owner = PageReader(.client1)
            try await owner.becomeOwner()
            let file = "\(LabBox.state.path)/web/owner"
            func choose(_ password: String) async throws -> Command.Outcome {
                let command = Command(try Checkout().program("torbox"), ["password", "--owner", file])
                return try await LabHost.box.command(command).outcome(input: password + "\n")
            }
            let weak = try await choose("short")
            #expect(weak.status == 1 && weak.errors.contains("too short"))
            #expect(try await owner.read("/system").contains("/logout"))
            let stream = Task { try await owner.follow("/live") }
            try await wait(upTo: .seconds(15), for: "the live state of the box") {
                try LabFolder.run.read(owner.told)?.contains("data: ") ?? false
            }
            let new = try await choose("another horse battery")
            #expect(new.status == 0 && new.output.contains("is out"), "\(new.errors)")
            #expect(try await stream.value == 0)
            #expect(try await owner.read("/system").contains("The owner&#39;s password"))
            let old = try await owner.submit("/login", ["password": PageReader.password], from: "/login")
            #expect(old.contains("This is not the password"))
            _ = try await owner.submit("/login", ["password": "another horse battery"], from: "/login")
            #expect(try await owner.read("/system").contains("/logout"))
            // The pages can change it themselves afterwards, and nobody else can read it.
            let stat = try await Command("stat", ["--format=%U %G %a", file]).run().trimmed
            #expect(stat == "torbox-web torbox-web 600")
            #expect(try await choose(PageReader.password).status == 0)
            #expect(try box.currentState() == "open")
        }

        @Test("A guest sees the state and its own device, and nothing of the other")
        func guest() async throws {
            _ = try await scene()
            try await PageReader(.client1).becomeOwner()
            let (own, other) = (try await name(of: .client2), try await name(of: .client1))
            let guest = PageReader(.client2)
            let home = try await guest.read("/")
            #expect(
                home.contains("<h2>Protected</h2>") && home.contains("as \(own).") && !home.contains("as \(other)."))
            for path in ["/devices", "/system", "/tor"] {
                let page = try await guest.read(path)
                #expect(page.contains("The owner&#39;s password") && !page.contains(other))
            }
            // The policy of the lab is `automatic`: there is nothing to choose.
            #expect(home.contains("goes straight into the Tor network") && !home.contains("/own-tor"))
            #expect(try await guest.submit("/own-tor", ["on": "yes"], from: "/login").contains("cannot be chosen here"))
            #expect(!home.contains("a second in") && !home.contains("<polyline"))
        }

        @Test("Where the owner lets guests choose, a device ticks itself without a login, and takes the tick back")
        func ownChoice() async throws {
            let box = try await scene().lab.box
            try await PageReader(.client1).becomeOwner()
            for words in [["own-tor.policy", "chosen"], ["own-tor.guests-choose", "true"]] {
                #expect(try await box.told(["settings", "set"] + words).contains("in force"))
            }
            _ = try await name(of: .client2)
            let device = try await Interface.read("eth0", on: .client2).hardwareAddress.revealed
            func isTicked() async throws -> Bool {
                try await LabHost.box.run("nft", ["list", "set", "inet", "torbox", "own_tor"]).contains(device)
            }
            #expect(try await !isTicked())
            let guest = PageReader(.client2)
            for (wish, state) in [("yes", "goes straight into"), ("no", "does not get through")] {
                try await wait(upTo: .seconds(10), for: "the choice on the page") {
                    // What the page says may be a second old.
                    try await Task.sleep(for: .milliseconds(300))
                    return try await guest.read("/").contains("name=\"on\" value=\"\(wish)\"")
                }
                var home = ""
                try await wait(upTo: .seconds(10), for: "a turn") {
                    // The box takes one change of a guest's in a second.
                    try await Task.sleep(for: .milliseconds(500))
                    home = try await guest.submit("/own-tor", ["on": wish], from: "/")
                    return !home.contains("The box is busy")
                }
                #expect(home.contains(state) && !home.contains("/logout"), "\(home)")
                try await wait(upTo: .seconds(10), for: "the set") { try await isTicked() == (wish == "yes") }
            }
            for words in [["own-tor.guests-choose", "false"], ["own-tor.policy", "automatic"]] {
                #expect(try await box.told(["settings", "set"] + words).contains("in force"))
            }
        }

        @Test("A device finds on its page by name what was refused to it, and nobody else's; nothing of it leaves")
        func refusals() async throws {
            let scene = try await scene()
            try await PageReader(.client1).becomeOwner()
            let (own, other) = (try await name(of: .client2), try await name(of: .client1))
            for set in ["refused_ports", "refused_protocols", "refused_private"] {
                try await LabHost.box.run("nft", ["flush", "set", "inet", "torbox", set])
            }
            let guest = PageReader(.client2)
            #expect(try await guest.read("/why").contains("Nothing of this device was refused"))
            let seen = try await scene.watching {
                for port in [443, 3478] {
                    let send = "exec 3<>/dev/udp/\(Addresses.web)/\(port); echo probe >&3"
                    _ = try await LabHost.client2.outcome("bash", ["-c", send])
                }
                _ = try await LabHost.client2.outcome("ping", ["-c", "1", "-W", "2", "\(Addresses.web)"])
                _ = try await LabHost.client2.outcome("curl", ["--max-time", "5", "http://\(Addresses.router):631/"])
                let titles = ["(QUIC)", "A call, a game or the like", "Ping", "A printer or another device"]
                try await wait(upTo: .seconds(10), for: "all four kinds on the guest's page") {
                    // More often the page repeats itself.
                    try await Task.sleep(for: .milliseconds(300))
                    let page = try await guest.read("/why")
                    return titles.allSatisfy(page.contains)
                }
                let page = try await guest.read("/why")
                #expect(page.contains("<h2>\(own)</h2>") && !page.contains(other) && !page.contains("A VPN"))
                #expect(!page.contains("\(Addresses.web)") && !page.contains("\(Addresses.router)"))
                let owners = PageReader(.client1)
                #expect(try await owners.read("/why").contains("Nothing of this device was refused"))
                let query = own.replacingOccurrences(of: " ", with: "+")
                #expect(try await owners.read("/why?device=\(query)").contains("A call, a game or the like"))
            }.seen
            try seen.requireAllowed()
        }

        @Test("What a client fetches shows in the owner's picture")
        func traffic() async throws {
            _ = try await scene()
            let owner = PageReader(.client1)
            try await owner.becomeOwner()
            #expect(try await opensAPage(.client2))
            try await wait(upTo: .seconds(20), for: "the picture") {
                try await Task.sleep(for: .milliseconds(300))
                return try await owner.read("/").contains("<polyline class=\"received\" points=")
            }
            #expect(try await owner.read("/").contains(" a second out."))
        }

        @Test(
            "A file that is no backup, or that nobody can open, is refused in plain words",
            arguments: [
                ("a photograph", "is no backup"),
                ("-----BEGIN PGP MESSAGE-----\n\nabcd\n-----END PGP MESSAGE-----\n", "cannot be opened"),
                (String(repeating: "a", count: 70_000), "too large"),
            ])
        func restore(content: String, words: String) async throws {
            _ = try await scene()
            let owner = PageReader(.client1)
            try await owner.becomeOwner()
            let answer = try await owner.upload(
                content, as: "backup", to: "/system/restore", ["passphrase": "four or five words"],
                from: "/system/backup")
            #expect(answer.contains(words), "\(answer)")
        }

        @Test("A device that the owner blocks has no network but the box's pages, which say so, until it is unblocked")
        func block() async throws {
            let scene = try await scene()
            let owner = PageReader(.client1)
            try await owner.becomeOwner()
            let device = try await name(of: .client2)
            #expect(try await opensAPage(.client2))
            let seen = try await scene.watching {
                #expect(
                    try await owner.submit("/devices/block", ["device": device], from: "/devices").contains("Blocked"))
                try await wait(upTo: .seconds(10), for: "the block") { try await !opensAPage(.client2) }
                let home = try await PageReader(.client2, site: "http://\(Addresses.lan.address)").read("/")
                #expect(home.contains("has blocked this device"))
                _ = try await owner.submit("/devices/unblock", ["device": device], from: "/devices")
                try await wait(upTo: .seconds(10), for: "the end of the block") { try await opensAPage(.client2) }
            }.seen
            try seen.requireAllowed()
        }

        @Test("Only the LAN's addresses are listened on, by a program without a right")
        func rights() async throws {
            let process = try #require(try await scene().lab.box.pages())
            let listening = try await LabHost.box.run("ss", ["-Hltnp", "sport = :80"])
            #expect(listening.split(separator: "\n").count == 2)
            for address in ["\(Addresses.lan.address):80", "[\(Addresses.lanV6.address)]:80"] {
                #expect(listening.contains(address))
            }
            let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
            for line in ["CapPrm", "CapEff", "CapBnd", "CapInh", "CapAmb"] {
                #expect(status.contains("\(line):\t0000000000000000"))
            }
            #expect(status.contains("NoNewPrivs:\t1"))
            let user = try await Command("id", ["--user", "torbox-web"]).run().trimmed
            #expect(status.contains("Uid:\t\(user)\t\(user)\t\(user)\t\(user)"))
        }

        @Test(
            "A browser on this machine reaches the pages as each client, and by no other name",
            arguments: LabDoor.allCases)
        func doors(door: LabDoor) async throws {
            _ = try await scene()
            try await PageReader(.client1).becomeOwner()
            let own = try await name(of: door == .client1 ? .client1 : .client2)
            let open = Task { try await LabDoor.open() }
            func curl(_ words: String...) async throws -> Command.Outcome {
                let address = "http://\(door.host)/"
                return try await Command("curl", ["--silent", "--max-time", "10"] + words + [address]).outcome()
            }
            try await wait(upTo: .seconds(10), for: "the door") { try await curl("--output", "/dev/null").status == 0 }
            #expect(try await curl().output.contains("known to the box as \(own)."))
            let other = try await curl(
                "--output", "/dev/null", "--write-out", "%{http_code}", "--header", "Host: a.example")
            #expect(other.output == "421")
            open.cancel()
            await #expect(throws: CancellationError.self) { try await open.value }
            #expect(try await curl().status == 7)
        }

        @Test("A killed program of the pages is started again")
        func killed() async throws {
            let box = try await scene().lab.box
            let first = try #require(try await box.pages())
            try await LabHost.box.run("kill", ["-KILL", first])
            try await wait(upTo: .seconds(30), for: "another") { try await box.pages().map { $0 != first } ?? false }
        }

        @Test("A compromised program of the pages asks for everything: nothing leaves and no set gains an entry")
        func hostile() async throws {
            let scene = try await scene()
            let before = try await HostileClient.held()
            #expect(before["inet carried"] == ["\"lan0\""])
            for verb in Request.Verb.allCases {
                #expect(HostileClient.requests("x").contains { $0.hasPrefix("{\"\(verb.rawValue)\":") })
            }
            var random = SystemRandomNumberGenerator()
            let words =
                ["device 1", "lan0", "203.0.113.80:80", "*"]
                + (0..<4).map { _ in
                    let length = Int.random(in: 1...40, using: &random)
                    let letters = Array("abz019 .:-/*{}[]$;'é")
                    return String((0..<length).map { _ in letters.randomElement(using: &random)! })
                }
            let seen = try await scene.watching {
                for word in words {
                    for request in HostileClient.requests(word) {
                        let line = "{\"version\":1,\"body\":\(request)}"
                        let reply = try await HostileClient.ask(line, asWeb: true)
                        #expect(reply.hasPrefix("{\"body\":{") && !reply.contains("notAdmitted"), "\(line): \(reply)")
                    }
                    for (name, elements) in try await HostileClient.held() {
                        #expect(elements.isSubset(of: before[name] ?? []), "\(word) added to \(name)")
                    }
                }
                // It has no way out of its own either, by any family, nor to what the other services keep.
                for address in ["http://\(Addresses.web)/", "http://[\(Addresses.webV6)]/"] {
                    let command = HostileClient.web(["curl", "--silent", "--max-time", "3", address])
                    let outcome = try await LabHost.box.outcome(command.program, command.arguments)
                    #expect(outcome.status != 0 && outcome.output.isEmpty)
                }
                let closed = ["run/tor/control.cookie", "run/dnsmasq/leases", "state/devices.json", "state/tor/state"]
                for file in closed {
                    #expect((LabFolder.box / file).exists, "\(file)")
                    let command = HostileClient.web(["cat", "\(LabFolder.box.path)/\(file)"])
                    let outcome = try await LabHost.box.outcome(command.program, command.arguments)
                    #expect(outcome.status != 0 && outcome.errors.contains("Permission denied"), "\(file)")
                }
            }.seen
            try seen.requireAllowed()
            #expect(try scene.lab.box.currentState() == "open")
        }
    }
}

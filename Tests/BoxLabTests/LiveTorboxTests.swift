import BoxAPI
import Foundation
import HostSystem
import Testing

@testable import BoxLab

extension Live {
    @Suite("The command torbox beside a running box", .serialized, .lab)
    struct TorboxTests {
        private let checkout: Checkout

        init() throws {
            checkout = try Checkout()
        }

        func openBox() async throws -> LabBox {
            let lab = try await Lab.up(checkout: checkout, log: StepLog(quiet: true), patience: .seconds(60))
            if try lab.box.currentState() != "open" { try await lab.box.start() }
            try await lab.box.waitForClients()
            return lab.box
        }

        func torbox(_ words: String...) async throws -> Command.Outcome {
            let socket = ["--socket", "\(LabBox.runtime.path)/api.sock"]
            // Options go before what a command takes as it is.
            let place = words.firstIndex(of: "--") ?? words.endIndex
            return try await answered(Array(words[..<place]) + socket + Array(words[place...]))
        }

        func json(_ words: String...) async throws -> Any {
            let outcome = try await answered(words + ["--json", "--socket", "\(LabBox.runtime.path)/api.sock"])
            try #require(outcome.status == 0, "torbox \(words): \(outcome.errors)")
            return try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        }

        /// What the box answers: these tests, the hostile one above all, ask more often than it lets one account.
        private func answered(_ words: [String]) async throws -> Command.Outcome {
            let command = try Command(checkout.program("torbox"), words)
            var outcome = try await LabHost.box.command(command).outcome(limit: .seconds(30))
            try await wait(upTo: .seconds(30), for: "a turn to ask") {
                guard outcome.errors.contains("too many requests") else { return true }
                try await Task.sleep(for: .milliseconds(500))
                outcome = try await LabHost.box.command(command).outcome(limit: .seconds(30))
                return false
            }
            return outcome
        }

        @Test("Its status is the box's: open, with a tor at 100 %; with the uplink away it says what is missing")
        func status() async throws {
            let box = try await openBox()
            let status = try #require(try await json("status") as? [String: Any])
            #expect(status["state"] as? String == "open")
            #expect(status["bootstrapPercent"] as? Int == 100)
            #expect(status["obstacle"] == nil)
            try await box.pullOutUplink()
            try await box.waitFor(state: "closed", limit: .seconds(30))
            let closed = try await torbox("status")
            #expect(closed.status == 3)
            #expect(closed.output.contains("the box is closed: "))
            try await box.plugInUplink()
            try await box.waitFor(state: "open", limit: .seconds(60))
        }

        @Test("A torboxd that finds rubbish for a consensus says so, and takes it back once there is a good one")
        func noConsensus() async throws {
            let box = try await openBox()
            func notices() async throws -> [String] {
                let status = try #require(try await json("status") as? [String: Any])
                return (status["notices"] as? [[String: Any]] ?? []).compactMap { $0["words"] as? String }
            }
            #expect(try await notices() == [])
            let folder = LabBox.state / "tor"
            let file = "cached-microdesc-consensus"
            let consensus = try #require(try folder.read(file))
            try folder.write("rubbish\n", to: file)
            try await box.kill(SIGKILL)
            let before = try box.announcements()
            try await box.launch()
            try await wait(upTo: .seconds(60), for: "torboxd's decision") { try box.announcements() > before }
            try await wait(upTo: .seconds(30), for: "both notices") {
                try await Task.sleep(for: .milliseconds(200))
                return try await notices().count == 2
            }
            let said = try await notices()
            #expect(said.contains { $0.contains("the devices' own Tor is refused until") })
            #expect(said.contains { $0.contains("\(file): ") })
            #expect(try await torbox("status").output.contains("note: no valid consensus"))
            try folder.write(consensus, to: file)
            try await wait(upTo: .seconds(60), for: "the notices to vanish") {
                try await Task.sleep(for: .milliseconds(200))
                return try await notices() == []
            }
        }

        @Test("A device that has opened all guards of its day is told of by its name, in the log without a destination")
        func sated() async throws {
            _ = try await openBox()
            try await Scene.opensAPage()
            func device() async throws -> [String: Any]? {
                try #require(try await json("devices") as? [[String: Any]]).first { $0["isConnected"] as? Bool == true }
            }
            try await wait(upTo: .seconds(40), for: "a device in the list") {
                try await Task.sleep(for: .milliseconds(200))
                return try await device() != nil
            }
            let name = try #require(try await device()?["name"] as? String)
            let address = try #require(try await device()?["hardwareAddress"] as? String)
            let relays = (1...30).map { "\(address) . 192.0.2.\($0) . 443" }.joined(separator: ", ")
            try await LabHost.box.run("nft", ["add element inet torbox allowances { \(address) }"])
            try await LabHost.box.run("nft", ["add element inet torbox opened4 { \(relays) }"])
            let words = "has reached its number of guards for today"
            let list = try await torbox("devices").output
            #expect(list.split(separator: "\n").contains { $0.hasPrefix(name) && $0.contains("30 of 30 guards") })
            #expect(list.contains(words))
            #expect(try await torbox("status").output.contains("note: \(name) \(words)"))
            func log() throws -> String { try LabFolder.logs.read("torboxd.log") ?? "" }
            try await wait(upTo: .seconds(40), for: "the line in the log") { try log().contains("\(name): \(words)") }
            #expect(try !log().contains("192.0.2.") && !log().contains(address))
            for set in ["allowances", "opened4"] { try await LabHost.box.run("nft", ["flush set inet torbox \(set)"]) }
            #expect(try await !torbox("status").output.contains(words))
        }

        @Test("What the uplink carries is measured, and each device's share; a refused ping is told by its kind")
        func traffic() async throws {
            _ = try await openBox()
            func most() async throws -> Int {
                let report = try #require(try await json("traffic") as? [String: Any])
                return (report["samples"] as? [[String: Int]] ?? []).compactMap { $0["received"] }.max() ?? 0
            }
            func devices() async throws -> [[String: Any]] { try await json("devices") as? [[String: Any]] ?? [] }
            try await wait(upTo: .seconds(60), for: "the page in both measurements") {
                // More often the box does not answer.
                try await Task.sleep(for: .milliseconds(300))
                try await Scene.opensAPage()
                let rates = try await devices().compactMap { ($0["use"] as? [String: Any])?["now"] as? [String: Int] }
                return try await most() > 0 && rates.contains { $0["received"] ?? 0 > 0 }
            }
            #expect(try await torbox("traffic").output.contains("/s in, "))
            #expect(try await torbox("devices").output.contains(", now "))
            _ = try await LabHost.client1.outcome("ping", ["-c", "1", "-W", "2", "\(Addresses.web)"])
            let all = try #require(try await json("refused") as? [[String: Any]])
            let pinging = try #require(
                all.first { device in
                    (device["entries"] as? [[String: Any]] ?? []).contains { $0["kind"] as? String == "ping" }
                }?["device"] as? String)
            #expect(try await torbox("refused", pinging).output.contains("  ping: "))
            let nobody = try await torbox("refused", "nobody")
            #expect(nobody.status == 1 && nobody.errors.contains("no device is called"))
        }

        @Test("The doors it lists are those that nft lists")
        func doors() async throws {
            _ = try await openBox()
            let sets = try #require(try await json("doors") as? [[String: Any]])
            for name in ["netdev torbox doors4", "netdev torbox doors6"] {
                let set = try #require(sets.first { $0["set"] as? String == name })
                let count = try #require(set["count"] as? Int)
                let listed = try await LabHost.box.run(
                    "nft", ["list", "set"] + name.split(separator: " ").map(String.init))
                #expect(count > 0 && listed.drop { $0 != "=" }.split(separator: " . ").count - 1 == count)
            }
        }

        @Test("Both clients are known, by no host name, and keep the owner's words over a restart")
        func devices() async throws {
            let box = try await openBox()
            func known() async throws -> [[String: Any]] {
                let list = try await json("devices") as? [[String: Any]]
                return (list ?? []).sorted { $0["hardwareAddress"] as! String > $1["hardwareAddress"] as! String }
            }
            try await Scene.opensAPage()
            try await Scene.opensAPage(from: .client2)
            try await wait(upTo: .seconds(40), for: "both clients in the list") {
                // More often the box does not answer.
                try await Task.sleep(for: .milliseconds(200))
                return try await known().count { $0["isConnected"] as? Bool == true } == 2
            }
            for device in try await known() {
                let use = try #require(device["use"] as? [String: Any]).compactMapValues { $0 as? Int }
                #expect(use["sentBytes"] ?? 0 > 0 && use["receivedBytes"] ?? 0 > 0 && use["guardsOpened"] == 0)
            }
            #expect(try await torbox("devices").output.contains("B, received "))
            let first = try #require(try await known().first?["name"] as? String)
            #expect(first.hasPrefix("device "))
            #expect(try await torbox("devices", "rename", first, "Anna's phone").status == 0)
            #expect(try await torbox("devices", "own-tor", "anna's PHONE", "on").status == 0)
            #expect(try await torbox("devices", "block", "nobody").status == 1)
            let before = try box.announcements()
            try await box.kill(SIGKILL)
            try await box.launch()
            try await wait(upTo: .seconds(60), for: "torboxd's decision") { try box.announcements() > before }
            let renamed = try #require(try await known().first { $0["name"] as? String == "Anna's phone" })
            #expect(renamed["ownTor"] as? Bool == true && renamed["isBlocked"] as? Bool == false)
            #expect(try await torbox("why", "\(Addresses.web)", "--from", "Anna's phone").status == 0)
        }

        @Test(
            "What it says of a connection is what a client meets",
            arguments: [
                ("\(Addresses.web):80", "carried", 0), ("[\(Addresses.webV6)]:80", "carried", 0),
                ("\(Addresses.router):80", "refused", 7), ("10.84.0.1:22", "refused", 7),
                ("10.84.0.1:9040", "refused", 7), ("10.84.0.77:80", "refused", 7),
            ])
        func why(destination: String, fate: String, curl: Int32) async throws {
            _ = try await openBox()
            let answer = try #require(try await json("why", destination) as? [String: String])
            #expect(answer["fate"] == fate)
            #expect(answer["rule"]?.contains("chain ") == true)
            // On its own network a device asks its neighbour, not the box.
            guard !destination.hasPrefix("10.84.0.77") else { return }
            let met = try await LabHost.client1.outcome(
                "curl", ["--silent", "--max-time", "60", "--output", "/dev/null", "http://\(destination)/"],
                limit: .seconds(70))
            #expect(met.status == curl)
        }

        @Test("A name is no address, and it says so", arguments: ["www.example.net", "1.2.3", "1.2.3.4:99999", "[::1"])
        func noAddress(text: String) async throws {
            _ = try await openBox()
            let outcome = try await torbox("why", "--", text)
            #expect(outcome.status == 1 && outcome.errors.contains("is no address"))
        }

        @Test("No request that there is, with whatever arguments, adds anything to doors, guards or carried")
        func opensNothing() async throws {
            let box = try await openBox()
            let before = try await HostileClient.held()
            for verb in Request.Verb.allCases {
                #expect(HostileClient.requests("x").contains { $0.hasPrefix("{\"\(verb.rawValue)\":") })
            }
            #expect(before["inet carried"] == ["\"lan0\""])
            #expect(before["netdev doors4"]?.isEmpty == false)
            for word in ["device 1", "device 2", "lan0", "203.0.113.80:80", "203.0.113.80 . 80", "*", "", "-", "on"] {
                for request in HostileClient.requests(word) {
                    let line = "{\"version\":1,\"body\":\(request)}"
                    let reply = try await HostileClient.ask(line)
                    #expect(reply.hasPrefix("{\"body\":{"), "\(line): \(reply)")
                    for (name, elements) in try await HostileClient.held() {
                        #expect(elements.isSubset(of: before[name] ?? []), "\(line) added to \(name)")
                    }
                }
            }
            #expect(try box.currentState() == "open")
        }

        @Test("It knows the machine, and each rule on the way out; the machine that it is on stays as it is")
        func machine() async throws {
            let box = try await openBox()
            let machine = try #require(try await json("machine") as? [String: Any])
            for room in ["memory", "disk"] { #expect((machine[room] as? [String: Int])?["total"] ?? 0 > 0) }
            #expect(try await torbox("machine").output.contains("system: "))
            let airlock = try #require(try await json("airlock") as? [String: Any])
            let rules = try #require(airlock["chains"] as? [[String: Any]]).flatMap { $0["rules"] as! [[String: Any]] }
            #expect(rules.count > 15 && rules.allSatisfy { $0["meaning"] != nil }, "\(rules)")
            let doors = rules.filter { $0["meaning"] as? String == "letsTor" }
            #expect(doors.count == 2 && doors.allSatisfy { $0["places"] as? Int ?? 0 > 0 })
            let before = try box.announcements()
            for command in ["restart", "power-off"] {
                let refused = try await torbox(command, "--yes")
                #expect(refused.status == 1 && refused.errors.contains("does not run the machine"))
                // Nobody is there to be asked.
                #expect(try await torbox(command).status == 64)
            }
            #expect(try await torbox("restore", "/etc/hostname").status == 64)
            #expect(try box.announcements() == before && box.currentState() == "open")
        }

        @Test("Without a torboxd it says so, with an exit code of its own")
        func withoutDaemon() async throws {
            let box = try await openBox()
            try await box.kill(SIGTERM)
            let outcome = try await torbox("status")
            #expect(outcome.status == 69)
            #expect(outcome.errors.contains("torboxd does not run"))
        }
    }
}

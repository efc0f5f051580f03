import Foundation
import Glibc
import HostSystem
import NetAddress
import Testing
import TorControl

@testable import BoxLab

extension Live {
    @Suite("Settings put in force while the box runs", .serialized, .lab)
    struct SettingsTests {
        private let aGuard = Endpoint(.v4(TorNode(role: .guard, number: 1).address), TorNode.orPort)

        private func openBox() async throws -> (Lab, Scene) {
            let lab = try await Lab.up(checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
            try await lab.box.start()
            try await lab.box.waitForClients()
            try await Scene.opensAPage()
            return (lab, try await Scene(lab))
        }

        /// Changes a setting by the command `torbox`, and returns when that was acknowledged, in nanoseconds since 1970.
        private func set(_ box: LabBox, _ words: String...) async throws -> Int64 {
            let told = try await box.told(["settings", "set"] + words)
            try #require(told.contains("in force"), "\(told)")
            return Int64(Date().timeIntervalSince1970 * 1e9)
        }

        /// Waits until settings on trial have stayed or were taken back.
        private func endOfTrial(_ box: LabBox, limit: Duration = .seconds(30)) async throws {
            try await wait(upTo: limit, for: "the end of the trial") {
                !FileManager.default.fileExists(atPath: "\(LabBox.state.path)/settings.before.toml")
            }
        }

        private func guardsHeld() async throws -> String {
            try await LabHost.box.run("nft", ["list", "set", "inet", "torbox", "guards4"])
        }

        private func torID(_ box: LabBox) async throws -> Int32 {
            let connection = try await box.torControl()
            defer { connection.close() }
            return try await connection.processID()
        }

        @Test("With the policy `never` no device's own Tor goes straight from then on, and the same tor carries on")
        func policy() async throws {
            let (lab, scene) = try await openBox()
            #expect(try await scene.connects(to: aGuard) == .straight)
            let tor = try await torID(lab.box)
            _ = try await set(lab.box, "own-tor.policy", "never")
            #expect(try await !guardsHeld().contains("elements"))
            #expect(try await lab.box.told(["settings"]).contains("own-tor.policy: never"))
            try await Scene.opensAPage()
            #expect(try await scene.connects(to: aGuard) == .throughTor)
            #expect(try await torID(lab.box) == tor)
            #expect(try lab.box.currentState() == "open")
            _ = try await set(lab.box, "own-tor.policy", "automatic")
            try await wait(upTo: .seconds(20), for: "the guards") { try await guardsHeld().contains("elements") }
            #expect(try await scene.connects(to: aGuard) == .straight)
            #expect(try await torID(lab.box) == tor)
            try await lab.box.stop()
        }

        @Test(
            "Once a bridge is set, plain or obfs4, nothing goes elsewhere any more; without it the old doors are doors anew"
        )
        func bridge() async throws {
            let (lab, scene) = try await openBox()
            let bridge = try await Obfs4Bridge.start(in: lab.tor)
            let kinds = [(bridge.plainLine, TorNode.orPort), (bridge.line, Obfs4Bridge.port)]
            var before = Scene.doors
            for (line, port) in kinds {
                let door = Endpoint(.v4(Obfs4Bridge.address), port)
                let (time, seen) = try await scene.watching(.open(doors: before.union([door]))) {
                    let time = try await set(lab.box, "bridges.lines", line)
                    #expect(try await !guardsHeld().contains("elements"))
                    try await endOfTrial(lab.box)
                    try await lab.box.waitFor(state: "open", limit: .seconds(60))
                    try await Scene.opensAPage()
                    #expect(try await scene.connects(to: aGuard) == .throughTor)
                    return time
                }
                try seen.requireAllowed()
                #expect(try scene.destinations(in: seen.file, after: time) == [door])
                #expect(try await !lab.box.told(["settings"]).contains("\(Obfs4Bridge.address)"))
                #expect(try await lab.box.told(["settings", "--reveal"]).contains(line))
                before = [door]
            }
            _ = try await set(lab.box, "bridges.lines")
            try await endOfTrial(lab.box)
            try await lab.box.waitFor(state: "open", limit: .seconds(60))
            try await Scene.opensAPage()
            #expect(try await scene.connects(to: aGuard) == .straight)
            try await lab.box.stop()
        }

        @Test("A line that is no bridge is refused by its key, without being repeated, and nothing has changed")
        func mistake() async throws {
            let (lab, _) = try await openBox()
            let tor = try await torID(lab.box)
            let rules = try await LabHost.box.run("nft", ["--stateless", "list", "set", "netdev", "torbox", "doors4"])
            let told = try await lab.box.told(["settings", "set", "bridges.lines", "203.0.113.99:9999 nonsense"])
            #expect(told.contains("bridges.lines[0]: found") && !told.contains("203.0.113.99"))
            #expect(try LabBox.state.read("settings.toml") == nil)
            #expect(
                try await LabHost.box.run("nft", ["--stateless", "list", "set", "netdev", "torbox", "doors4"]) == rules)
            #expect(try await torID(lab.box) == tor)
            try await Scene.opensAPage()
            try await lab.box.stop()
        }

        /// Keeps every tor but the one that runs from starting: it holds the lock of tor's folder as soon as that is free.
        private func holdLock() async throws -> LabProcess {
            try await LabProcess.start(
                "lock", on: .box, Command("flock", ["--no-fork", "\(LabBox.state.path)/tor/lock", "sleep", "infinity"]))
        }

        @Test("Settings with which tor does not come back are taken back, and the box says so")
        func takenBack() async throws {
            let (lab, scene) = try await openBox()
            let (_, seen) = try await scene.watching {
                let lock = try await holdLock()
                _ = try await set(lab.box, "tor.further-lines", "MaxCircuitDirtiness 300")
                #expect(try await lab.box.told(["status"]).contains("new settings are being tried"))
                #expect(
                    try await lab.box.told(["settings", "set", "own-tor.policy", "never"]).contains("being tried"))
                try await endOfTrial(lab.box, limit: .seconds(90))
                try await lock.end()
                try await lab.box.waitFor(state: "open", limit: .seconds(60))
                try await Scene.opensAPage()
            }
            try seen.requireAllowed()
            let status = try await lab.box.told(["status"])
            #expect(status.contains("could not be used, and the earlier ones are in force again"))
            #expect(status.contains("another Tor process is running with the same data directory"))
            #expect(try await lab.box.told(["settings"]).contains("tor.further-lines: none"))
            #expect(try LabBox.runtime.read("torrc")?.contains("MaxCircuitDirtiness") == false)
            try await lab.box.stop()
        }

        @Test(
            "A death in the middle of a trial leaves settings that are whole: those that work",
            arguments: [true, false])
        func killed(torComesBack: Bool) async throws {
            let (lab, scene) = try await openBox()
            let (_, seen) = try await scene.watching {
                let lock = try await holdLock()
                _ = try await set(lab.box, "tor.further-lines", "MaxCircuitDirtiness 300")
                #expect(try LabBox.state.read("settings.before.toml") == "")
                try await lab.box.kill(SIGKILL)
                if torComesBack { try await lock.end() }
                let process = try await lab.box.launch()
                try await endOfTrial(lab.box, limit: .seconds(90))
                if !torComesBack { try await lock.end() }
                try await lab.box.waitFor(state: "open", by: process, limit: .seconds(60))
                try await Scene.opensAPage()
            }
            try seen.requireAllowed()
            let words = torComesBack ? "tor.further-lines: MaxCircuitDirtiness 300 seconds" : "tor.further-lines: none"
            #expect(try await lab.box.told(["settings"]).contains(words))
            try await lab.box.stop()
        }

        /// Programs that other people run: one speaks SOCKS 5, the other takes HTTP's CONNECT.
        private static let proxies: [(kind: String, port: UInt16, program: Command)] = [
            (
                "socks5", 1080,
                Command(
                    "microsocks",
                    ["-i", "\(Addresses.router)", "-p", "1080", "-u", "somebody", "-P", "hidden-word"])
            ),
            (
                "https", 3128,
                Command(
                    "ncat",
                    ["--listen", "\(Addresses.router)", "3128", "--proxy-type", "http"]
                        + ["--proxy-auth", "somebody:hidden-word"])
            ),
        ]

        @Test("Through a proxy with a login the box opens, and connects to nothing but the proxy")
        func proxy() async throws {
            let (lab, scene) = try await openBox()
            var before = Scene.doors
            var proxies: [LabProcess] = []
            for (kind, port, proxy) in Self.proxies {
                let door = Endpoint(.v4(Addresses.router), port)
                proxies.append(try await LabProcess.start("proxy-\(kind)", on: .inet, proxy))
                let (time, seen) = try await scene.watching(.open(doors: before.union([door]))) {
                    let time = try await set(lab.box, "proxy", kind, "\(door)", "somebody", "hidden-word")
                    try await endOfTrial(lab.box)
                    try await lab.box.waitFor(state: "open", limit: .seconds(60))
                    try await Scene.opensAPage()
                    return time
                }
                try seen.requireAllowed()
                #expect(try scene.destinations(in: seen.file, after: time) == [door], "\(kind)")
                #expect(try await !lab.box.told(["settings"]).contains("hidden-word"))
                before = [door]
            }
            let torrc = try FileManager.default.attributesOfItem(atPath: "\(LabBox.runtime.path)/torrc")
            #expect(torrc[.posixPermissions] as? Int == 0o640)
            _ = try await set(lab.box, "proxy", "none")
            try await endOfTrial(lab.box)
            try await lab.box.waitFor(state: "open", limit: .seconds(60))
            try await Scene.opensAPage()
            for proxy in proxies { try await proxy.end() }
            try await lab.box.stop()
        }

        @Test("A backup gives back the settings that it was made of; by another passphrase nothing changes")
        func backup() async throws {
            let (lab, _) = try await openBox()
            let tor = try await torID(lab.box)
            let passphrase = "four or five words\n"
            _ = try await set(lab.box, "own-tor.policy", "chosen")
            _ = try await set(lab.box, "wifi", "Home", "hidden-word")
            let kept = try await lab.box.told(["settings", "--reveal"])
            let backup = try await lab.box.told(["backup"], input: passphrase)
            try #require(backup.hasPrefix("-----BEGIN PGP MESSAGE-----") && !backup.contains("hidden-word"))
            try LabFolder.run.write(backup, to: "backup.asc")
            let file = "\(LabFolder.run.path)/backup.asc"
            _ = try await set(lab.box, "own-tor.policy", "never")
            _ = try await set(lab.box, "wifi", "none")
            let changed = try await lab.box.told(["settings", "--reveal"])
            #expect(changed != kept)
            let wrong = try await lab.box.told(["restore", file], input: "five or four words\n")
            #expect(wrong.contains("this is not its passphrase") && !wrong.contains("in force"))
            #expect(try await lab.box.told(["settings", "--reveal"]) == changed)
            #expect(try await lab.box.told(["restore", file], input: passphrase).contains("are in force"))
            #expect(try await lab.box.told(["settings", "--reveal"]) == kept)
            #expect(try await torID(lab.box) == tor)
            try await lab.box.stop()
        }

        @Test("After a change the pages are there, and the box ends closed when it is asked to")
        func pages() async throws {
            let (lab, _) = try await openBox()
            try await lab.box.waitForPages()
            _ = try await set(lab.box, "own-tor.guests-choose", "true")
            #expect(try await PageReader(.client1).read("/").contains("no owner yet"))
            #expect(try lab.box.currentState() == "open")
            try await Scene.opensAPage()
            try await lab.box.stop()
            #expect(try await !LabHost.box.run("nft", ["list", "ruleset"]).contains("elements = { \""))
            #expect(try await !LabHost.box.run("ss", ["-Hlntup"]).contains("dnsmasq"))
        }
    }
}

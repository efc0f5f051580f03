import Foundation
import HostSystem
import NetAddress
import Testing

@testable import BoxLab

extension Live {
    @Suite("Updates of the machine's packages", .serialized, .lab)
    struct UpdateTests {
        private func openBox() async throws -> (Lab, Scene) {
            let lab = try await Lab.up(checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
            try await lab.box.start()
            return (lab, try await Scene(lab))
        }

        @Test("They come through Tor: what leaves goes to the doors, and the archive sees an exit")
        func throughTor() async throws {
            let (lab, scene) = try await openBox()
            let archive = try await PackageArchive.make(checkout: lab.box.checkout)
            #expect(try await archive.installed() == "ii 1")
            let (status, seen) = try await scene.watching { try await archive.update() }
            try seen.requireAllowed()
            #expect(status == 0)
            #expect(try await archive.installed() == "ii 2")
            #expect(try scene.destinations(in: seen.file).isSubset(of: Scene.doors))
            let exits = TorNode.relays.filter { $0.role == .exit }.map { "\($0.address)" }
            let visitors = try archive.visitors()
            #expect(!visitors.isEmpty && visitors.isSubset(of: exits))
            let told = try await lab.box.told(["update"])
            #expect(told.contains("last look that succeeded: 20") && told.contains("nothing is left to install"))
            #expect(told.contains("needs a restart") && told.contains("vmlinuz-2"))
            #expect(try await lab.box.told(["update", "--now"]).contains("does not run the machine"))
            try await lab.box.stop()
        }

        @Test("apt reaches an onion service, as an image's sources are")
        func onion() async throws {
            let (lab, _) = try await openBox()
            let file = LabFolder.run / "onion-page"
            let settings = ["--config-file", lab.box.checkout.file("System/apt/torbox.conf")]
            try await LabHost.box.run(
                "/usr/lib/apt/apt-helper",
                settings + ["download-file", "http://\(lab.tor.onionAddress)/", file.path], limit: .seconds(90))
            #expect(try LabFolder.run.read("onion-page") == "the onion page\n")
            try DurableFile(file.path).remove()
            try await lab.box.stop()
        }

        @Test("Without the box's settings the same apt gets nowhere, and the owner is told why")
        func withoutTheWay() async throws {
            let (lab, scene) = try await openBox()
            let archive = try await PackageArchive.make(checkout: lab.box.checkout, knowsTheWay: false)
            let (status, seen) = try await scene.watching { try await archive.update() }
            try seen.requireAllowed()
            #expect(status != 0)
            #expect(try await archive.installed() == "ii 1")
            #expect(try archive.visitors().isEmpty)
            let told = try await lab.box.told(["update"])
            #expect(told.contains("no look has succeeded yet") && told.contains("Failed to fetch http://"))
            try await lab.box.stop()
        }

        @Test(
            "Nobody on the box but root and apt comes in by tor's entrance or asks for names, and from the LAN nobody")
        func entrance() async throws {
            let (lab, _) = try await openBox()
            func asks(_ user: String) async throws -> Bool {
                let ask = ["curl", "--silent", "--max-time", "60", "--proxy", "socks5h://127.0.0.1:9049"]
                return try await LabHost.box.outcome(
                    "setpriv", ["--reuid", user, "--clear-groups"] + ask + ["http://\(Addresses.web)/"],
                    limit: .seconds(70)
                ).output.contains("you came from")
            }
            for user in ["root", "_apt"] { #expect(try await asks(user), "\(user)") }
            for user in ["torbox-web", "nobody", "debian-tor", "torbox-clock"] {
                #expect(try await !asks(user), "\(user)")
            }
            func isNamed(_ words: [String], to user: String) async throws -> Bool {
                let ask = ["dig", "+time=60", "+tries=1", "www.example.net"] + words
                return try await LabHost.box.outcome(
                    "setpriv", ["--reuid", user, "--clear-groups"] + ask, limit: .seconds(70)
                ).output.contains("NOERROR")
            }
            for words in [
                ["@127.0.0.1", "-p", "9053"], ["@127.0.0.1", "-p", "9053", "+tcp"], ["@\(Addresses.lan.address)"],
            ] {
                #expect(try await isNamed(words, to: "root"), "\(words)")
                #expect(try await !isNamed(words, to: "torbox-web"), "\(words)")
            }
            for place in ["127.0.0.1", "\(Addresses.lan.address)"] {
                let outcome = try await LabHost.client1.outcome(
                    "curl",
                    ["--silent", "--max-time", "5", "--proxy", "socks5h://\(place):9049", "http://\(Addresses.web)/"])
                #expect(!outcome.output.contains("you came from"))
            }
            try await lab.box.stop()
        }

        @Test("Whoever switches the machine off waits for dpkg, and the next run has nothing to repair")
        func switchedOff() async throws {
            let (lab, _) = try await openBox()
            let archive = try await PackageArchive.make(checkout: lab.box.checkout)
            try await archive.updateAskedToEnd()
            #expect(try await archive.installed() == "ii 2")
            #expect(try await lab.box.told(["update"]).contains("the machine was switched off meanwhile"))
            #expect(try await archive.update() == 0)
            #expect(try await !lab.box.told(["update"]).contains("failed at"))
            try await lab.box.stop()
        }

        @Test("What a power cut leaves half installed is ended at the next boot, with no network")
        func powerCut() async throws {
            let (lab, _) = try await openBox()
            let archive = try await PackageArchive.make(checkout: lab.box.checkout)
            try archive.cutPower(true)
            try PackageArchive.fetched.write("", to: "gone_1_all.deb")
            try PackageArchive.logs.write(String(repeating: ".", count: 3 << 20), to: "term.log")
            #expect(try await archive.update() != 0)
            #expect(!(PackageArchive.fetched / "gone_1_all.deb").exists, "the archive has it no longer")
            #expect(try #require(try PackageArchive.logs.read("term.log")).utf8.count < 1 << 20)
            #expect(try await archive.installed() == "iF 2")
            #expect(try await lab.box.told(["update"]).contains("failed at 20"))
            try archive.cutPower(false)
            try await lab.box.stop()
            #expect(try await archive.update("repair") == 0)
            #expect(try await archive.installed() == "ii 2")
            #expect(try PackageArchive.state.read("pending") == "")
        }
    }
}

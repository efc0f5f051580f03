import BoxConfiguration
import BoxDaemon
import BoxFirewall
import BoxRendering
import Foundation
import HostSystem
import Testing

@Suite("The loader of the static ruleset, in a namespace of its own")
struct LoaderTests {
    @Test("A good ruleset is in force, with every set empty, and only then forwarding is on")
    func loads() async throws {
        try await Bench.with { bench in
            #expect(try await !bench.forwards())
            let outcome = try await bench.load()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("wan1: not plugged in"))
            #expect(try await bench.forwards())
            let listing = try await bench.run("nft", "--stateless", "list", "ruleset")
            #expect(listing.contains("hook egress device \"wan0\""))
            #expect(!listing.contains("elements"))
            #expect(try await bench.isUp("wan0"))
            let kept = try String(contentsOfFile: bench.folder + "/listing", encoding: .utf8)
            #expect(kept.hasPrefix("# load ") && kept.contains("\n# wan0 is device ") && kept.hasSuffix(listing))
        }
    }

    @Test("Loading again closes what was open, and nothing else changes")
    func loadsAgain() async throws {
        try await Bench.with { bench in
            #expect(try await bench.load().status == 0)
            let before = try await bench.run("nft", "--stateless", "list", "ruleset")
            try await bench.run("nft", "add", "element", "inet", "torbox", "carried", "{ \"lan0\" }")
            try await bench.run("nft", "add", "table", "inet", "stranger")
            #expect(try await bench.load().status == 0)
            #expect(try await bench.run("nft", "--stateless", "list", "ruleset") == before)
        }
    }

    @Test("Files of another configuration close the box until they are loaded", arguments: ["10.84.0.1", "10.99.0.1"])
    func rendersAgain(lan: String) async throws {
        try await Bench.with { bench in
            let configuration = try Configuration.reading(
                Bench.configuration + "\nipv4 = \"\(lan)/24\"\n", file: "torbox.toml")
            let uplinks = configuration.uplinks
            let firewall = try Firewall(
                folder: bench.folder, files: AirlockFiles(configuration).contents,
                loader: Command(Bench.loader, [bench.folder]), uplinks: uplinks, lan: configuration.lan.interface)
            #expect(try await bench.load().status == 0)
            let isSame = lan == "10.84.0.1"
            if !isSame {
                await #expect { try await firewall.verify() } throws: { "\($0)".contains("another configuration") }
            }
            try await Start.render(configuration, into: bench.folder)
            let listing = try String(contentsOfFile: bench.folder + "/listing", encoding: .utf8)
            #expect(listing.isEmpty == !isSame)
        }
    }

    /// What can be wrong with a rendered folder: each leaves no forwarding and no interface up.
    enum Damage: String, CaseIterable {
        case oneByteMore, truncated, emptied, missing, unsigned, unknownUplinkFile, ruleTakenOut, unknownUser,
            halfWritten
    }

    @Test("A damaged ruleset keeps LAN and uplink down", arguments: Damage.allCases)
    func refuses(damage: Damage) async throws {
        try await Bench.with { bench in
            let ruleset = URL(filePath: bench.folder + "/airlock.nft")
            let text = try String(contentsOf: ruleset, encoding: .utf8)
            var sumsAgain = false
            switch damage {
            case .oneByteMore: try (text + " ").write(to: ruleset, atomically: false, encoding: .utf8)
            case .truncated: try String(text.prefix(1000)).write(to: ruleset, atomically: false, encoding: .utf8)
            case .emptied: try "".write(to: ruleset, atomically: false, encoding: .utf8)
            case .missing: try FileManager.default.removeItem(at: ruleset)
            case .unsigned: try FileManager.default.removeItem(atPath: bench.folder + "/SHA256SUMS")
            case .unknownUplinkFile: try FileManager.default.removeItem(atPath: bench.folder + "/uplink-wan0.nft")
            case .ruleTakenOut:
                let without = text.replacingOccurrences(of: "policy drop;", with: "policy accept;")
                #expect(without != text)
                try without.write(to: ruleset, atomically: false, encoding: .utf8)
            case .unknownUser:
                let other = text.replacingOccurrences(of: "\"debian-tor\"", with: "\"nobody-of-this-name\"")
                #expect(other != text)
                try other.write(to: ruleset, atomically: false, encoding: .utf8)
                sumsAgain = true
            case .halfWritten:
                try String(text.dropLast(40)).write(to: ruleset, atomically: false, encoding: .utf8)
                sumsAgain = true
            }
            if sumsAgain {
                // The checksum would hide the second defence, nft's own judgement.
                try await bench.run(
                    "sh", "-c", "cd \(bench.folder) && sha256sum $(cut -c 67- SHA256SUMS) >s && mv s SHA256SUMS")
            }
            let outcome = try await bench.load()
            #expect(outcome.status != 0)
            #expect(outcome.errors.contains("stay down"))
            #expect(try await !bench.forwards())
            for device in ["wan0", "lan0"] { #expect(try await !bench.isUp(device)) }
            #expect(!FileManager.default.fileExists(atPath: bench.folder + "/listing"))
        }
    }
}

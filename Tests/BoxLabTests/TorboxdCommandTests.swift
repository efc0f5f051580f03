import Foundation
import HostSystem
import Testing

@testable import BoxLab

@Suite("torboxd on the command line")
struct TorboxdCommandTests {
    private func torboxd(_ arguments: String...) async throws -> Command.Outcome {
        try await Command(Checkout().program("torboxd"), arguments).outcome()
    }

    private func withFile(_ text: String, _ body: (String) async throws -> Void) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "torbox-\(UUID().uuidString).toml").path
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        defer { unlink(file) }
        try await body(file)
    }

    @Test("--check of a good file says nothing and exits 0")
    func accepts() async throws {
        try await withFile(LabBox.configurationText(authorities: [])) { file in
            // Without authorities the network is the public one, where relays of a circuit lie in different networks.
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try text.replacing("distinct-subnets = false", with: "")
                .write(toFile: file, atomically: true, encoding: .utf8)
            let outcome = try await torboxd("--check", file)
            #expect(outcome.status == 0)
            #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
        }
    }

    @Test("--check of a bad file says every mistake with its line and key, and exits 78")
    func refuses() async throws {
        let text = """
            [uplinks]
            interfaces = ["lo"]
            [lan]
            interface = "lan0"
            ipv4 = "10.84.0.1/33"
            colour = "blue"
            """
        try await withFile(text) { file in
            let outcome = try await torboxd("--check", file)
            #expect(outcome.status == 78)
            for place in ["2: uplinks.interfaces", "5: lan.ipv4", "6: lan.colour", "3: lan.ipv6"] {
                #expect(outcome.errors.contains("\(file):\(place)"), "\(place) is not in:\n\(outcome.errors)")
            }
        }
    }

    @Test("--check of a file that is not there exits 78 and names it")
    func misses() async throws {
        let outcome = try await torboxd("--check", "/no/such/torbox.toml")
        #expect(outcome.status == 78)
        #expect(outcome.errors.contains("/no/such/torbox.toml: No such file or directory"))
    }

    @Test("The guide that is printed is the one in docs/")
    func printsTheGuide() async throws {
        let guide = try String(contentsOfFile: "\(Checkout().root)/docs/configuration.md", encoding: .utf8)
        #expect(try await torboxd("--print-configuration-guide").output == guide)
    }
}

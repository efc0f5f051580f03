import HostSystem
import NetAddress
import Testing

@testable import BoxLab

extension Live {
    @Suite("The box's own programs", .serialized, .lab)
    struct EgressTests {
        private static let web = [IPAddress.v4(Addresses.web), .v6(Addresses.webV6)].map { Endpoint($0, 80) }
        private static let resolver = Endpoint(.v4(Addresses.publicResolver), 53)

        /// What root and the package manager's user try, from the box itself: whether any of it had an answer.
        private func anyIsAnswered() async throws -> Bool {
            let sources = LabFolder.run / "apt"
            try sources.make()
            try sources.write(
                Self.web.map { "deb [trusted=yes] http://\($0)/ ./\n" }.joined(), to: "sources.list")
            let folders = ["Dir::State::lists=\(sources.path)/lists", "Dir::Cache=\(sources.path)/cache"]
            let options =
                ["Dir::Etc::sourcelist=\(sources.path)/sources.list", "Dir::Etc::sourceparts=-"] + folders
                + ["Acquire::Retries=0", "Acquire::http::Timeout=2"]
            var attempts = [Command("apt-get", options.flatMap { ["-o", $0] } + ["update"])]
            for user in ["root", "_apt"] {
                for place in Self.web {
                    let curl = ["curl", "--silent", "--globoff", "--max-time", "2", "http://\(place)/"]
                    attempts.append(Command("setpriv", ["--reuid", user, "--clear-groups"] + curl))
                }
                let dig = ["dig", "+time=1", "+tries=1", "@\(Self.resolver.address)", "www.example.net"]
                attempts.append(Command("setpriv", ["--reuid", user, "--clear-groups"] + dig))
            }
            return try await withThrowingTaskGroup { group in
                for attempt in attempts {
                    group.addTask {
                        let outcome = try await LabHost.box.outcome(attempt.program, attempt.arguments)
                        return outcome.output.contains("you came from") || outcome.output.contains("NOERROR")
                    }
                }
                return try await group.reduce(false) { $0 || $1 }
            }
        }

        @Test("Neither root nor the package manager gets out, whatever the family", arguments: [LabMode.box, .naked])
        func locked(mode: LabMode) async throws {
            let lab = try await Lab.up(
                mode: mode, checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
            let scene = try await Scene(lab)
            let (isAnswered, seen) = try await scene.watching { try await anyIsAnswered() }
            let reached = try scene.destinations(in: seen.file).intersection(Self.web)
            switch mode {
            case .box:
                try seen.requireAllowed()
                #expect(!isAnswered && reached.isEmpty)
            case .naked, .withoutBox:
                #expect(isAnswered && reached == Set(Self.web) && !seen.report.holds)
            }
        }
    }
}

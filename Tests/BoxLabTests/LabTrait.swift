import HostSystem
import Testing

@testable import BoxLab

/// Takes the lab down after the last test of a suite, whether the tests passed or not; its logs stay in the build folder.
struct LabTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        do {
            try await function()
        } catch {
            try await takeDown(test.name)
            throw error
        }
        try await takeDown(test.name)
    }

    private func takeDown(_ name: String) async throws {
        let logs = try "\(Checkout().root)/.build/lab-logs/\(name)"
        try await Command("rm", ["-rf", logs]).run()
        try await Command("mkdir", ["-p", logs]).run()
        if LabFolder.logs.exists { try await Command("cp", ["-r", LabFolder.logs.path + "/.", logs]).run() }
        try await Lab.down(patience: .seconds(60))
    }
}

extension Trait where Self == LabTrait {
    static var lab: Self { LabTrait() }
}

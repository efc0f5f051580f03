import Glibc
import Testing

@testable import BoxLab

extension Live {
    struct LabSnapshotTests {
        @Test("The second lab starts from what the first one stored, unless a byte of it is wrong or a file is gone")
        func snapshot() async throws {
            let quiet = StepLog(quiet: true)
            let checkout = try Checkout()
            try await Lab.up(mode: .withoutBox, checkout: checkout, log: quiet, patience: .seconds(120)).down()
            let second = try await Lab.up(mode: .withoutBox, checkout: checkout, log: quiet, patience: .seconds(120))
            #expect(second.record.isFromSnapshot)
            try await second.down()

            let snapshot = try await Snapshot()
            #expect(try await snapshot.isIntact())
            let original = try #require(try snapshot.folder.read("authorities"))
            try snapshot.folder.write(original + " ", to: "authorities")
            #expect(try await !snapshot.isIntact())
            try snapshot.folder.write(original, to: "authorities")
            #expect(try await snapshot.isIntact())
            let state = try #require(try (snapshot.folder / "exit1").read("state"))
            unlink("\(snapshot.folder.path)/exit1/state")
            #expect(try await !snapshot.isIntact())
            try (snapshot.folder / "exit1").write(state, to: "state")
            #expect(try await snapshot.isIntact())
        }
    }
}

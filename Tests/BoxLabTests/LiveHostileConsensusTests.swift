import Foundation
import HostSystem
import Testing

@testable import BoxLab

extension Live {
    @Suite("A hostile or broken consensus in tor's folder", .serialized, .lab)
    struct HostileConsensusTests {
        private func openBox() async throws -> LabBox {
            let lab = try await Lab.up(checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
            if try lab.box.currentState() != "open" { try await lab.box.start() }
            try await lab.box.waitForClients()
            return lab.box
        }

        /// The sets of doors and guards, as the kernel holds them.
        private func held() async throws -> [String] {
            var sets: [String] = []
            for table in ["netdev", "inet"] {
                for set in (table == "netdev" ? ["doors4", "doors6"] : []) + ["guards4", "guards6"] {
                    sets.append(try await LabHost.box.run("nft", ["list", "set", table, "torbox", set]))
                }
            }
            return sets
        }

        @Test("changes nothing, is reported, and costs no memory", arguments: LaidConsensus.allCases)
        func changesNothing(laid: LaidConsensus) async throws {
            let box = try await openBox()
            let torboxd = try #require(try box.process())
            let good = try Data(contentsOf: URL(filePath: LaidConsensus.place.path))
            let before = try await held()
            #expect(before.allSatisfy { $0.contains("elements = {") })
            let said = try torboxd.output().count
            let memory = try torboxd.forgetPeakMemory()
            try await laid.lay()
            do {
                // It looks at the latest after 20 s.
                try await wait(upTo: .seconds(60), for: "torboxd's complaint about \(laid)") {
                    try torboxd.requireRunning()
                    return try torboxd.output().dropFirst(said).split(separator: "\n").contains {
                        $0.contains("cached-microdesc-consensus: refused") && $0.contains(laid.complaint)
                    }
                }
            } catch {
                try LaidConsensus.restore(good)
                throw error
            }
            #expect(try await held() == before)
            #expect(try box.currentState() == "open")
            #expect(try torboxd.peakMemory() - memory < 64 << 20)
            try LaidConsensus.restore(good)
            try await Scene.opensAPage()
        }

        @Test("which the authorities did sign is taken over: the sets would show a change")
        func control() async throws {
            let box = try await openBox()
            let before = try await held()
            try await LaidConsensus.layGuard()
            try await box.knowsHostileGuard()
            let after = try await held()
            #expect(zip(before, after).allSatisfy { $0 != $1 })
        }
    }
}

extension LabProcess {
    /// The most memory that it had since ``forgetPeakMemory()``, in bytes (proc(5), VmHWM).
    fileprivate func peakMemory() throws -> Int {
        let status = try LabFolder("/proc/\(id)").read("status") ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        guard let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw LabError(.process, "\(name): has no memory")
        }
        return kilobytes << 10
    }

    /// Makes the memory of now the most; returns it.
    fileprivate func forgetPeakMemory() throws -> Int {
        try LabFolder("/proc/\(id)").write("5", to: "clear_refs")
        return try peakMemory()
    }
}

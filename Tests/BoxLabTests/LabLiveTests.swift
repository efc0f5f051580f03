import FoundationEssentials
import Glibc
import HostSystem
import Testing

@testable import BoxLab

extension Live {
    @Suite(.serialized)
    struct LabLifeTests {
        private let checkout: Checkout

        init() throws {
            checkout = try Checkout()
        }

        /// What a lab leaves on the machine; empty after `down`.
        private func traces() throws -> [String] {
            let namespaces = try LabFolder("/run/netns").names + LabFolder("/etc/netns").names
            return namespaces.filter { $0.hasPrefix("tbx-") } + (LabFolder.run.exists ? [LabFolder.run.path] : [])
        }

        private func lab(_ words: String...) async throws -> Command.Outcome {
            try await Command(checkout.program("torbox-lab"), words).outcome(limit: .seconds(120))
        }

        @Test("Up twice and down twice: the second time there is nothing to do")
        func twice() async throws {
            for _ in 1...2 {
                #expect(try await lab("up", "--without-box").status == 0)
                #expect(try await lab("status").status == 0)
            }
            for _ in 1...2 {
                #expect(try await lab("down").status == 0)
                #expect(try traces() == [])
                #expect(try await lab("status").status == 1)
            }
        }

        @Test("Whoever tries to change the lab while another does is told who does")
        func locked() async throws {
            let lock = try await LabLock.take(patience: .seconds(60))
            let refused = try await lab("down")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("in use by process \(getpid())"))
            withExtendedLifetime(lock) {}
        }

        /// The lab says a line at each step, so the line is the moment.
        @Test(
            "A lab that is interrupted or killed in the middle leaves the machine clean", arguments: [SIGINT, SIGKILL],
            0...2)
        func endedInTheMiddle(signal: CInt, step: Int) async throws {
            let said = "/run/torbox-lab-test-\(getpid())"
            defer { unlink(said) }
            unlink(said)
            let up = Command(try checkout.program("torbox-lab"), ["up", "--without-box"])
            let victim = LabProcess(name: "up", host: .inet, id: try LabProcess.spawn(up, log: said))
            try await wait(upTo: .seconds(60), for: "step \(step) of up") {
                try String(contentsOfFile: said, encoding: .utf8).split(separator: "\n").count >= step
            }
            victim.send(signal)
            try await wait(upTo: .seconds(30), for: "the end of up") { !victim.isRunning }
            if signal == SIGINT {
                // Where it was done already, there was nothing to interrupt.
                #expect(try LabRecord.read() != nil || traces() == [])
            }
            let children = try LabFolder.processes.names.compactMap { try LabFolder.processes.read($0) }
            #expect(try await lab("down").status == 0)
            #expect(try traces() == [])
            for child in children.compactMap({ pid_t($0.dropLast()) }) {
                #expect(!LabProcess(name: "child", host: .inet, id: child).isRunning)
            }
        }
    }
}

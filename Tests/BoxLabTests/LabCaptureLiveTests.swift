import FoundationEssentials
import HostSystem
import NetAddress
import Testing

@testable import BoxLab

extension Live {
    @Suite(.serialized)
    struct LabCaptureTests {
        /// How often an address stands in a capture as it does in a frame.
        private func occurrences(of address: IPv4Address, in file: String) throws -> Int {
            let bytes = (0..<4).reversed().map { UInt8(truncatingIfNeeded: address.bits >> ($0 * 8)) }
            return try Data(contentsOf: URL(filePath: file)).ranges(of: bytes).count
        }

        @Test(
            "A capture holds what a naked box lets out, to the last frame, and a box without devices up sends nothing")
        func capture() async throws {
            let checkout = try Checkout()
            let quiet = StepLog(quiet: true)
            let lab = try await Lab.up(mode: .naked, checkout: checkout, log: quiet, patience: .seconds(120))
            let seen = try await lab.startCapture()
            let target = IPv4Address("203.0.113.99")!
            _ = try await LabHost.client1.outcome("ping", ["-c", "3", "-i", "0.01", "-W", "1", "\(target)"])
            #expect(try occurrences(of: target, in: await seen.finish()) == 3)
            // Three pings, and the sentinel at the end.
            #expect(try seen.frameCount() >= 4)

            try await lab.box.reset()
            let silent = try await lab.startCapture()
            _ = try await LabHost.client1.outcome("ping", ["-c", "3", "-i", "0.01", "-W", "1", "\(target)"])
            _ = try await silent.finish()
            #expect(try silent.frameCount() == 0)
            try await lab.down()
        }

        @Test("The uplink's device can be pulled out and put back, and comes back down")
        func uplink() async throws {
            let lab = try await Lab.up(
                mode: .naked, checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(120))
            let capture = try await lab.startCapture()
            try await lab.box.pullOutUplink()
            #expect(try await LabHost.box.outcome("ip", ["link", "show", "wan0"]).status != 0)
            try await lab.box.plugInUplink()
            let link = try await LabHost.box.run("ip", ["-o", "link", "show", "wan0"])
            #expect(link.contains("state DOWN"))
            // The recording went on meanwhile.
            try await Namespace(host: .box).configure(["link set wan0 up"])
            _ = try await capture.finish()
            #expect(try capture.frameCount() > 0)
            try await lab.down()
        }
    }
}

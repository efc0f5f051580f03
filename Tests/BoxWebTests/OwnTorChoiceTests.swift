import BoxAPI
import HTTPTypes
import NIOConcurrencyHelpers
import Testing

@testable import BoxWeb

@Suite("A guest's choice of their own Tor")
struct OwnTorChoiceTests {
    private func withSite(policy: String = "chosen", _ body: (SampleSite) async throws -> Void) async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        _ = try await sample.owner()
        sample.condition.withLockedValue { $0.policy = policy }
        try await body(sample)
    }

    @Test(
        "Home says how it is with this device's own Tor, and offers the choice where the owner lets guests choose",
        arguments: [
            ("automatic", "goes straight into the Tor network", false), ("chosen", "Tor refuses Tor inside Tor", true),
            ("never", "lets no device&#39;s own Tor go straight", false),
        ])
    func says(policy: String, sentence: String, mayChoose: Bool) async throws {
        try await withSite(policy: policy) { sample in
            var guest = Visitor(sample.site)
            let text = try await guest.get("/").text
            #expect(text.contains(sentence))
            #expect(text.contains("action=\"/own-tor\"") == mayChoose && text.contains("The price") == mayChoose)
        }
    }

    @Test("It is ticked for the device that asks, whatever other the form names")
    func ticks() async throws {
        try await withSite { sample in
            var guest = Visitor(sample.site)
            let seen = try await guest.submit(
                "/own-tor", ["on": "yes", "device": "kitchen", "address": "10.44.0.11"], from: "/")
            #expect(seen.headers[.location] == "/")
            #expect(sample.changes.withLockedValue { $0 } == ["02:00:00:00:00:01: true"])
        }
    }

    @Test("What is so already is not asked for, and a second change has to wait")
    func paces() async throws {
        try await withSite { sample in
            var guest = Visitor(sample.site)
            _ = try await guest.submit("/own-tor", ["on": "no"], from: "/")
            #expect(sample.changes.withLockedValue { $0 }.isEmpty)
        }
        let (changes, start) = (GuestChanges(), ContinuousClock.now)
        #expect(await changes.begins(at: start))
        #expect(await !changes.begins(at: start + .milliseconds(999)))
        #expect(await changes.begins(at: start + .seconds(1)))
    }

    @Test(
        "Where the policy is another, the owner decides, or nobody knows the device, nothing is changed",
        arguments: [
            ("automatic", true, "10.44.0.10"), ("never", true, "10.44.0.10"), ("chosen", false, "10.44.0.10"),
            ("chosen", true, "10.44.0.99"),
        ])
    func refuses(policy: String, guestsChoose: Bool, device: String) async throws {
        try await withSite(policy: policy) { sample in
            sample.condition.withLockedValue { $0.guestsChoose = guestsChoose }
            var guest = Visitor(sample.site)
            guest.device = device
            let seen = try await guest.submit("/own-tor", ["on": "yes"], from: "/login")
            #expect(seen.status == .forbidden && seen.text.contains("cannot be chosen here"))
            #expect(sample.changes.withLockedValue { $0 }.isEmpty)
        }
    }

    @Test("An address that two devices have is neither's")
    func doubtful() throws {
        func device(_ name: String) -> DeviceReport {
            DeviceReport(
                name: name, hardwareAddress: name, isConnected: true, addresses: ["10.44.0.10"], firstSeen: "",
                lastSeen: "", ownTor: false, isBlocked: false, use: nil)
        }
        let status = StatusReport(
            state: "open", obstacle: nil, waitingFor: nil, bootstrapPercent: nil, torVersion: nil, uptimeSeconds: 0,
            version: "", notices: [], ownTorPolicy: "chosen", guestsChooseOwnTor: true)
        #expect(Outlook.View(status: status, devices: [device("a")]).device(at: "10.44.0.10")?.name == "a")
        #expect(Outlook.View(status: status, devices: [device("a"), device("b")]).device(at: "10.44.0.10") == nil)
    }
}

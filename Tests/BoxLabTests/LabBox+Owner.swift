import HostSystem
import NetAddress
import Testing
import TorControl

@testable import BoxLab

/// What the owner of a box decides: the policy in its configuration, and the tick at a device.
extension LabBox {
    /// Starts the box with a policy for the devices' own Tor, and waits until its clients are served.
    func start(policy: String) async throws {
        try await start(configured: { $0 + "\n[own-tor]\npolicy = \"\(policy)\"\n" })
        try await waitForClients()
    }

    /// Says by the command `torbox` whether a device's own Tor may pass, and waits until the kernel knows.
    func tick(_ isOn: Bool, at host: LabHost) async throws {
        let device = try await Interface.read("eth0", on: host).hardwareAddress.revealed
        let command = try Command(
            checkout.program("torbox"),
            ["devices", "own-tor", device, isOn ? "on" : "off", "--socket", "\(Self.runtime.path)/api.sock"])
        // The box looks every 15 s who is there, and sees who has spoken.
        try await wait(upTo: .seconds(40), for: "torbox devices own-tor") {
            _ = try await host.outcome("curl", ["--silent", "--max-time", "5", "http://\(Addresses.lan.address)/"])
            // More often the box does not answer.
            try await Task.sleep(for: .milliseconds(300))
            return try await LabHost.box.command(command).outcome().status == 0
        }
        try await wait(upTo: .seconds(10), for: "the set own_tor") {
            try await LabHost.box.run("nft", ["list", "set", "inet", "torbox", "own_tor"]).contains(device) == isOn
        }
    }

    /// Waits until torboxd has taken over a consensus in which the hostile relay is a guard.
    func knowsHostileGuard() async throws {
        try await wait(upTo: .seconds(40), for: "the hostile relay among the doors") {
            try await LabHost.box.run("nft", ["list", "set", "netdev", "torbox", "doors4"])
                .contains("\(HostileRelay.node.address) ")
        }
    }
}

extension Scene {
    /// Waits until the box's tor was made to carry a connection to a relay of the lab for a device, and could not.
    ///
    /// - Parameter body: makes the device try, again and again; runs once the streams are watched.
    func fails(toCarry device: LabHost, whenever body: () async throws -> Void) async throws {
        let source = try await Interface.read("eth0", on: device)
        let addresses: Set<IPAddress> = try [.v4(source.ipv4), .v6(source.ipv6)]
        let connection = try await lab.box.torControl()
        try await connection.subscribe(to: [.stream])
        let events = connection.events
        defer { connection.close() }
        try await body()
        try await withTimeLimit(.seconds(60), naming: "the box's Tor, which cannot carry to a relay") {
            var tried: Set<String> = []
            for await event in events {
                guard case .stream(let stream) = event, stream.target.hasSuffix(":\(TorNode.orPort)") else { continue }
                // Only the first event of a stream tells its source.
                if let source = stream.source, addresses.contains(source.address) { tried.insert(stream.id) }
                if stream.status == .failed || stream.status == .closed, tried.contains(stream.id) { return }
            }
        }
    }
}

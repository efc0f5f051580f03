import HostSystem

/// A DHCP client that never gives up, as systemd-networkd or a phone would.
enum DHCPClient {
    /// Starts it on a device, which may still be down: it waits for it.
    static func start(on host: LabHost, device: String, checkout: Checkout) async throws {
        try await LabProcess.start(
            "dhcp-\(host.rawValue)", on: host,
            Command(checkout.file("Lab/dhcp-from-link-up"), [device, checkout.file("Lab/dhcp-client")]))
    }
}

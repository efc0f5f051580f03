import HostSystem

/// A DHCP client that never gives up, as systemd-networkd or a phone would.
enum DHCPClient {
    /// Starts it on a device, which may still be down.
    static func start(on host: LabHost, device: String, checkout: Checkout) throws {
        try LabProcess.start(
            "dhcp-\(host.rawValue)", on: host,
            Command(
                "udhcpc",
                ["-f", "-i", device, "-s", checkout.file("Lab/dhcp-client")]
                    // Three questions a second apart, a second of rest, and again.
                    + ["-t", "3", "-T", "1", "-A", "1"]))
    }
}

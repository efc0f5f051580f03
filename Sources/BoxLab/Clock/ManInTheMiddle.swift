import HostSystem
import NetAddress

/// Somebody on the way to a relay, in place of a ``FalseRelay``: socat(1).
public struct ManInTheMiddle: Sendable {
    public enum Way: Sendable, CaseIterable {
        /// Carries the bytes of the connection as they are: a wire, the control.
        case bytes
        /// Ends TLS at itself, with a certificate of its own, and carries every cell within it both ways.
        case cells
    }

    /// Claims to be the relay behind it.
    public let fallback: Fallback
    private let processes: [LabProcess]

    private static let folder = LabFolder.run / "man-in-the-middle"
    private static let (key, certificate) = ("\(folder.path)/key", "\(folder.path)/certificate")

    /// Starts it on the addresses of the false relay of this number.
    public static func start(_ number: Int = 4, before node: TorNode, carrying way: Way) async throws -> ManInTheMiddle
    {
        if way == .cells { try await makeCertificate() }
        let (address, addressV6) = (
            IPAddress.v4(FalseRelay.address(number)), IPAddress.v6(FalseRelay.addressV6(number))
        )
        var processes: [LabProcess] = []
        for (name, here) in [("man-in-the-middle", address), ("man-in-the-middle-v6", addressV6)] {
            try await LabProcess.running(name, on: .inet)?.end()
            let process = try await LabProcess.start(
                name, on: .inet, Command("socat", ["-d", "-d"] + ends(here, before: node, carrying: way)))
            try await wait(upTo: .seconds(10), for: "the man in the middle") {
                try process.requireRunning()
                return try await LabHost.inet.run("ss", ["-Hltn"]).contains(" \(Endpoint(here, TorNode.orPort)) ")
            }
            processes.append(process)
        }
        let fallback = Fallback(fingerprint: try node.fingerprint(), address: address, addressV6: addressV6)
        return ManInTheMiddle(fallback: fallback, processes: processes)
    }

    private static func ends(_ here: IPAddress, before node: TorNode, carrying way: Way) -> [String] {
        let there = "\(node.address):\(TorNode.orPort)"
        let (family, bind) =
            switch here {
            case .v4: ("4", "\(here)")
            case .v6: ("6", "[\(here)]")
            }
        let listening = "\(TorNode.orPort),bind=\(bind),reuseaddr,fork"
        return switch way {
        case .bytes: ["TCP\(family)-LISTEN:\(listening)", "TCP4:\(there)"]
        case .cells:
            [
                "OPENSSL-LISTEN:\(listening),pf=ip\(family),cert=\(certificate),key=\(key),verify=0",
                "OPENSSL-CONNECT:\(there),verify=0",
            ]
        }
    }

    private static func makeCertificate() async throws {
        try folder.make()
        try await LabHost.inet.run(
            "openssl",
            ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=www.example.net"]
                + ["-keyout", key, "-out", certificate])
    }

    public func stop() async throws {
        for process in processes { try await process.end() }
    }
}

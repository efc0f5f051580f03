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
    private let process: LabProcess

    private static let folder = LabFolder.run / "man-in-the-middle"

    /// Starts it on the address of the false relay of this number.
    public static func start(_ number: Int = 4, before node: TorNode, carrying way: Way) async throws -> ManInTheMiddle
    {
        let here = FalseRelay.address(number)
        let there = "\(node.address):\(TorNode.orPort)"
        let listening = "\(TorNode.orPort),bind=\(here),reuseaddr,fork"
        let arguments: [String]
        switch way {
        case .bytes: arguments = ["TCP4-LISTEN:\(listening)", "TCP4:\(there)"]
        case .cells:
            try folder.make()
            let (key, certificate) = ("\(folder.path)/key", "\(folder.path)/certificate")
            try await LabHost.inet.run(
                "openssl",
                ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=www.example.net"]
                    + ["-keyout", key, "-out", certificate])
            arguments = [
                "OPENSSL-LISTEN:\(listening),pf=ip4,cert=\(certificate),key=\(key),verify=0",
                "OPENSSL-CONNECT:\(there),verify=0",
            ]
        }
        try await LabProcess.running("man-in-the-middle", on: .inet)?.end()
        let process = try await LabProcess.start(
            "man-in-the-middle", on: .inet, Command("socat", ["-d", "-d"] + arguments))
        try await wait(upTo: .seconds(10), for: "the man in the middle") {
            try process.requireRunning()
            return try await LabHost.inet.run("ss", ["-Hltn"]).contains(" \(here):\(TorNode.orPort) ")
        }
        let fallback = Fallback(fingerprint: try node.fingerprint(), address: .v4(here))
        return ManInTheMiddle(fallback: fallback, process: process)
    }

    public func stop() async throws {
        try await process.end()
    }
}

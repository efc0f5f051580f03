import HostSystem
import NetAddress

/// A relay of the fake internet that opens connections as none should: `Lab/false-relay` with keys of its own.
public struct FalseRelay: Sendable {
    /// What it does, besides being reachable.
    public enum Behaviour: String, Sendable, CaseIterable {
        /// As a relay should: the control, and the one that can lie about the time alone.
        case honest
        case closesAtOnce = "closes-at-once"
        case silenceBeforeTLS = "silence-before-tls"
        case silenceAfterTLS = "silence-after-tls"
        case silenceAfterVersions = "silence-after-versions"
        case silenceAfterCertificates = "silence-after-certificates"
        case noNetinfo = "no-netinfo"
        case halfANetinfo = "half-a-netinfo"
        case oneByteASecond = "one-byte-a-second"
        /// Padding for ever instead of NETINFO.
        case endlessCells = "endless-cells"
        case garbageBeforeTLS = "garbage-before-tls"
        case garbageAfterTLS = "garbage-after-tls"
        case garbageAfterVersions = "garbage-after-versions"
        case garbageAsCertificates = "garbage-as-certificates"
        case unknownVersions = "unknown-versions"
        case noCertificates = "no-certificates"
        case noEd25519Certificates = "no-ed25519-certificates"
        case certificatesTwice = "certificates-twice"
        /// The first says the true time, the second one ten years later, in one write.
        case netinfoTwice = "netinfo-twice"
        case laterNetinfoFirst = "later-netinfo-first"
        case netinfoBeforeCertificates = "netinfo-before-certificates"
        case expiredCertificates = "expired-certificates"
        case brokenSignature = "broken-signature"
        /// The chain is whole but speaks of another TLS connection, as when somebody relays the cells of a relay.
        case certificatesOfAnotherLink = "certificates-of-another-link"
        /// The RSA identity is the pinned one, and vouches for an Ed25519 identity that is not the chain's.
        case foreignEd25519Identity = "foreign-ed25519-identity"
    }

    /// 1…4: that many can run at a time.
    public let number: Int
    /// Of its RSA identity key, in capital hexadecimal digits.
    public let fingerprint: String
    private let process: LabProcess

    public static let numbers = 1...4
    public static func address(_ number: Int) -> IPv4Address { IPv4Address("198.51.100.\(70 + number)")! }
    public static func addressV6(_ number: Int) -> IPv6Address { IPv6Address("2001:db8:51::\(70 + number)")! }

    /// Where and as whom it can be asked.
    public var fallback: Fallback {
        Fallback(
            fingerprint: fingerprint, address: .v4(Self.address(number)), addressV6: .v6(Self.addressV6(number)))
    }

    /// Starts it, and waits until it listens.
    ///
    /// - Parameter ahead: seconds by which its clock is fast.
    public static func start(
        _ behaviour: Behaviour, number: Int = 1, ahead: Int = 0, checkout: Checkout
    ) async throws -> FalseRelay {
        let program = checkout.file("Lab/false-relay")
        let folder = LabFolder.run / "false-relay-\(number)"
        if try folder.read("fingerprint") == nil {
            let fingerprint = try await LabHost.inet.run(program, ["identity", folder.path])
            try folder.write(fingerprint, to: "fingerprint")
        }
        let name = "false-relay-\(number)"
        // Of a test that failed before it could end it.
        try await LabProcess.running(name, on: .inet)?.end()
        try (LabFolder.logs / "\(name).log").remove()
        let process = try await LabProcess.start(
            name, on: .inet,
            Command(
                program,
                ["serve", folder.path, behaviour.rawValue, "\(ahead)", "\(TorNode.orPort)"]
                    + ["\(address(number))", "\(addressV6(number))"]))
        try await wait(upTo: .seconds(20), for: "false relay \(number)") {
            try process.requireRunning()
            return try process.output().contains("listening")
        }
        let fingerprint = try folder.read("fingerprint") ?? ""
        return FalseRelay(number: number, fingerprint: fingerprint.trimmed, process: process)
    }

    public func stop() async throws {
        try await process.end()
    }
}

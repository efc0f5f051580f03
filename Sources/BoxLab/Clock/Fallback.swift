import NetAddress

/// A relay as the box's configuration names it for asking the time: an identity, and where somebody should have it.
public struct Fallback: Sendable, Hashable {
    /// Of the RSA identity key, in capital hexadecimal digits.
    public var fingerprint: String
    public var address: IPAddress
    public var addressV6: IPAddress?

    public init(fingerprint: String, address: IPAddress, addressV6: IPAddress? = nil) {
        self.fingerprint = fingerprint
        self.address = address
        self.addressV6 = addressV6
    }

    /// A true relay under its own name.
    public init(_ node: TorNode) throws {
        self.init(fingerprint: try node.fingerprint(), address: .v4(node.address), addressV6: .v6(node.addressV6))
    }

    /// The same place under another relay's name.
    public func claiming(_ fingerprint: String) -> Fallback {
        Fallback(fingerprint: fingerprint, address: address, addressV6: addressV6)
    }

    /// Where it listens.
    public var endpoints: Set<Endpoint> {
        Set([address, addressV6].compactMap { $0 }.map { Endpoint($0, TorNode.orPort) })
    }

    /// The setting below `[tor]` in torbox.toml; nothing for an empty list.
    static func setting(_ fallbacks: [Fallback]) -> String {
        fallbacks.isEmpty ? "" : "fallbacks = [\(fallbacks.map { "\n    \"\($0.line)\"," }.joined())\n]\n"
    }

    private var line: String {
        "\(address) orport=\(TorNode.orPort) id=\(fingerprint)"
            + (addressV6.map { " ipv6=\(Endpoint($0, TorNode.orPort))" } ?? "")
    }
}

extension TorNode {
    /// Of its RSA identity key, in capital hexadecimal digits.
    func fingerprint() throws -> String {
        guard let fingerprint = try folder.read("fingerprint")?.split(separator: " ").last else {
            throw LabError(.tor, "\(folder.path)/fingerprint: not there; has \(nickname) ever run?")
        }
        return String(fingerprint).trimmed
    }
}

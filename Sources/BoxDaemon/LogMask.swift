import BoxModel
import NetAddress

/// Takes out of tor's notices what tells of a bridge or a destination.
///
/// tor scrubs destinations by itself, but names its bridges.
struct LogMask: Sendable {
    /// tor's own word for what it leaves out.
    static let word = "[scrubbed]"

    private let secrets: [String]

    init(bridges: [BridgeLine]) {
        secrets = bridges.flatMap { bridge in
            switch bridge.transport {
            case .plain: [bridge.fingerprint, "\(bridge.endpoint.address)"]
            case .obfs4(let certificate, _): [bridge.fingerprint, "\(bridge.endpoint.address)", certificate]
            // Its address, a mere name, and its servers are in every such line; nobody is shown by them.
            case .snowflake: [bridge.fingerprint]
            }
        }
    }

    /// The line without addresses, fingerprints, keys, onion names and the nicknames beside them; whole, where anything
    /// of a configured bridge were left in it.
    func masked(_ line: String) -> String {
        var line = line.split(whereSeparator: \.isNewline).joined(separator: " ")
        // `NICKNAME ($FINGERPRINT)`, `$FINGERPRINT~NICKNAME`, and the same in groups of four.
        line.replace(/([A-Za-z0-9]{1,19} \()?\$?[0-9A-Fa-f]{40}([~=][A-Za-z0-9]{1,19})?/) { match in
            match.output.1 == nil ? Self.word : "\(Self.word) (\(Self.word)"
        }
        line.replace(/([0-9A-Fa-f]{4} ){9}[0-9A-Fa-f]{4}/, with: Self.word)
        // Certificates, Ed25519 keys and the 56 letters of an onion name.
        line.replace(/[A-Za-z0-9+\/_\-]{43,}=*(\.onion)?/, with: Self.word)
        // What begins with a zero is a version of tor.
        line.replace(/\b[1-9][0-9]{0,2}(\.[0-9]{1,3}){3}(:[0-9]+)?/, with: Self.word)
        line.replace(/\[?([0-9A-Fa-f]*:){2,}[0-9A-Fa-f:.]*(\]:[0-9]+|\])?/) { match in
            let address = match.output.0.drop { $0 == "[" }.prefix { $0 != "]" }
            // A time of day has colons too.
            let isAddress = address.contains("::") || IPv6Address(address) != nil
            return isAddress ? Self.word[...] : match.output.0
        }
        if line.lowercased().contains("bridge") {
            line.replace(/(^| )'[^' ]+'/) { "\($0.output.1)'\(Self.word)'" }
        }
        let lowercased = line.lowercased()
        return secrets.contains { lowercased.contains($0.lowercased()) } ? Self.word : line
    }
}

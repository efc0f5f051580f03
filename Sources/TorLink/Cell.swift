/// One message of the link protocol (tor-spec, "Cell Packet format"); those of the opening belong to no circuit.
struct Cell: Hashable, Sendable {
    enum Command: UInt8, Sendable, CaseIterable {
        case padding = 0
        case versions = 7
        case netinfo = 8
        case variablePadding = 128
        case certificates = 129
        case challenge = 130

        /// Whether a length of two bytes stands before the body; other bodies have ``Cell/fixedBody`` bytes.
        var isVariable: Bool {
            self == .versions || rawValue >= 128
        }

        /// As tor-spec calls it.
        var name: String {
            switch self {
            case .padding: "PADDING"
            case .versions: "VERSIONS"
            case .netinfo: "NETINFO"
            case .variablePadding: "VPADDING"
            case .certificates: "CERTS"
            case .challenge: "AUTH_CHALLENGE"
            }
        }
    }

    /// The bytes of a body without a length of its own; with its header such a cell has 514 bytes.
    static let fixedBody = 509

    let command: Command
    let body: ArraySlice<UInt8>

    /// The cell on the wire, for circuit 0; a fixed body is filled up with zeros.
    ///
    /// - Parameter circuitBytes: 2 before a version is agreed, 4 after.
    func encoded(circuitBytes: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: circuitBytes) + [command.rawValue]
        if command.isVariable {
            return bytes + [UInt8(body.count >> 8), UInt8(body.count & 255)] + body
        }
        precondition(body.count <= Self.fixedBody, "a fixed cell of \(body.count) bytes")
        bytes += body
        return bytes + [UInt8](repeating: 0, count: Self.fixedBody - body.count)
    }
}

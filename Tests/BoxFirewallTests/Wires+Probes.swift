import HostSystem

extension Wires {
    /// Something that Tor cannot carry, to an address.
    enum Probe: Sendable, Hashable {
        case datagram(String, Int)
        case ping(String)
        /// Of a protocol, by its number.
        case raw(String, Int)
        case connection(String, Int)

        /// As nft calls it.
        var family: String {
            switch self {
            case .datagram(let address, _), .ping(let address), .raw(let address, _), .connection(let address, _):
                address.contains(":") ? "ip6" : "ip"
            }
        }

        fileprivate var program: String {
            switch self {
            case .datagram(let address, let port):
                """
                probe = socket.socket(family("\(address)"), socket.SOCK_DGRAM)
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
                probe.connect(("\(address)", \(port)) if "." in "\(address)" else ("\(address)", \(port), 0, scope))
                probe.send(b"probe")
                """
            case .ping(let address):
                """
                v6 = ":" in "\(address)"
                probe = socket.socket(family("\(address)"), socket.SOCK_RAW, 58 if v6 else 1)
                if not v6: probe.setsockopt(socket.SOL_IP, 11, 1)
                else: probe.setsockopt(socket.IPPROTO_IPV6, 25, 1)
                probe.connect(("\(address)", 0))
                probe.send(bytes([128, 0, 0, 0, 0, 1, 0, 1]) if v6 else bytes([8, 0, 0xF7, 0xFD, 0, 1, 0, 1]))
                """
            case .raw(let address, let number):
                """
                probe = socket.socket(family("\(address)"), socket.SOCK_RAW, \(number))
                probe.setsockopt(socket.SOL_IP, 11, 1)
                probe.connect(("\(address)", 0))
                probe.send(bytes(32))
                """
            case .connection(let address, let port):
                """
                probe = socket.create_connection(("\(address)", \(port)), 3)
                """
            }
        }
    }

    /// Has the device send a probe: `refused` where it hears so at once, `silence` where it hears nothing.
    func send(_ probe: Probe) async throws -> String {
        let program = """
            import socket
            def family(address): return socket.AF_INET6 if ":" in address else socket.AF_INET
            scope = socket.if_nametoindex("eth0")
            try:
                \(probe.program.split(separator: "\n").joined(separator: "\n    "))
                probe.settimeout(1)
                probe.recv(100)
                print("answer")
            except TimeoutError: print("silence")
            except OSError: print("refused")
            """
        return try await onDevice(program)
    }
}

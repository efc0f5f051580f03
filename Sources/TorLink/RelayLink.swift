import NetAddress

/// A live link to whoever answers at an endpoint: socket, TLS and cells put together.
struct RelayLink {
    private let endpoint: Endpoint
    private let limits: LinkLimits
    /// By when all must be over, in nanoseconds of ``BootTime``.
    private let end: UInt64
    private let socket: RelaySocket
    private let tls: TLSClient

    /// Connects and speaks TLS.
    init(to endpoint: Endpoint, within limits: LinkLimits) throws(LinkError) {
        self.endpoint = endpoint
        self.limits = limits
        end = BootTime.after(limits.total)
        socket = try RelaySocket(to: endpoint)
        tls = try TLSClient()
        try socket.awaitConnection(until: deadline(limits.connection))
        let tlsDeadline = deadline(limits.step)
        while true {
            let stands = try tls.shakeHands()
            try socket.send(tls.takeOutgoing(), at: .tls, until: tlsDeadline)
            if stands { return }
            try tls.receive(try socket.receive(at: .tls, until: tlsDeadline))
        }
    }

    var peerCertificate: [UInt8] { tls.peerCertificate }

    /// Says VERSIONS and listens to the end of NETINFO.
    ///
    /// - Returns: the answer, when VERSIONS was sent, and when the last of the answer had come (``BootTime``).
    func ask() throws(LinkError) -> (answer: UncheckedAnswer, asked: UInt64, answered: UInt64) {
        var handshake = LinkHandshake()
        let asked = BootTime.now
        var stepDeadline = deadline(limits.step)
        try tls.write(LinkHandshake.opening)
        try socket.send(tls.takeOutgoing(), at: .versions, until: stepDeadline)
        while true {
            let step = handshake.step
            try tls.receive(try socket.receive(at: step, until: stepDeadline))
            let came = BootTime.now
            if let answer = try handshake.receive(try tls.read(at: step)) {
                // A second NETINFO that is here already must not be overlooked.
                if let more = try socket.receiveWaiting(at: handshake.step) {
                    try tls.receive(more)
                    _ = try handshake.receive(try tls.read(at: handshake.step))
                }
                return (answer, asked, came)
            }
            if handshake.step != step { stepDeadline = deadline(limits.step) }
        }
    }

    /// Says NETINFO, as a client that has accepted the relay; the connection ends with this value.
    func leave() throws(LinkError) {
        try tls.write(LinkHandshake.closing(to: endpoint.address))
        try socket.send(tls.takeOutgoing(), at: .done, until: deadline(limits.step))
    }

    private func deadline(_ limit: Duration) -> UInt64 {
        min(end, BootTime.after(limit))
    }
}

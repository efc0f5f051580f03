import NetFrames

extension Draft {
    /// TCP segments that belong to no connection: what a plain redirect lets out in clear.
    static let segments: [Draft] = list(
        twins("FIN out of any connection", .reset) { .tcp($0, to: 443, .fin) },
        twins("FIN+ACK out of any connection", .reset) { .tcp($0, to: 443, [.fin, .ack]) },
        twins("RST out of any connection", .silence) { .tcp($0, to: 443, .rst) },
        twins("RST+ACK out of any connection", .silence) { .tcp($0, to: 443, [.rst, .ack]) },
        twins("SYN+ACK out of any connection", .reset) { .tcp($0, to: 443, [.syn, .ack]) },
        twins("SYN+FIN", .reset) { .tcp($0, to: 443, [.syn, .fin]) },
        twins("a segment with FIN, PSH and URG (\"Xmas\")", .reset) { .tcp($0, to: 443, [.fin, .psh, .urg]) },
        twins("a segment without flags", .reset) { .tcp($0, to: 443, []) },
        twins("ACK out of any connection", .reset) { .tcp($0, to: 443, .ack) },
        twins("data out of any connection", .reset) { .tcp($0, to: 443, [.psh, .ack], payload: $0.text) },
        twins("FTP PORT out of any connection (TCP/21)", .reset) { mark in
            .tcp(mark, to: 21, [.psh, .ack], payload: Array("PORT 10,84,0,11,195,80\r\nNOOP ".utf8) + mark.text)
        },
        twins("a connection with a wrong checksum", .silence) { mark in
            var segment = TCPSegment(from: mark.port, to: 443, .syn, sequence: mark.sequence)
            segment.checksum = 0xBAD
            return .tcp(segment)
        }
    )
}

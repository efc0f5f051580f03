import Glibc
import NetAddress

/// One TCP connection to a relay that never waits longer than it is told; closed when it goes.
final class RelaySocket {
    /// TLS and cells together; tor's relays send some 5000.
    private static let mostBytes = 65_536

    private let descriptor: Int32
    private var received = 0

    /// Connects, without waiting for the end of it.
    ///
    /// - Throws: `machine`, `unreachable`.
    init(to endpoint: Endpoint) throws(LinkError) {
        let family = endpoint.address.isIPv4 ? AF_INET : AF_INET6
        descriptor = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Self.error(.machine, .connection, "no socket") }
        guard endpoint.withSocketAddress({ connect(descriptor, $0, $1) }) == 0 || errno == EINPROGRESS else {
            throw Self.error(.unreachable, .connection, "no connection")
        }
    }

    deinit {
        // There is nothing to be done about a descriptor that is gone already.
        if descriptor >= 0 { close(descriptor) }
    }

    /// - Throws: `unreachable`; `stalled` at the deadline.
    func awaitConnection(until deadline: UInt64) throws(LinkError) {
        try wait(for: POLLOUT, at: .connection, until: deadline)
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 else {
            throw Self.error(.machine, .connection, "no word of the connection")
        }
        errno = code
        guard code == 0 else { throw Self.error(.unreachable, .connection, "no connection") }
    }

    /// - Throws: `closed`; `stalled` at the deadline.
    func send(_ bytes: [UInt8], at step: LinkStep, until deadline: UInt64) throws(LinkError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if sent > 0 {
                rest = rest.dropFirst(sent)
            } else if errno == EAGAIN || errno == EINTR {
                try wait(for: POLLOUT, at: step, until: deadline)
            } else {
                throw Self.error(.closed, step, "the connection broke")
            }
        }
    }

    /// At least one byte.
    ///
    /// - Throws: `closed`, `oversized`; `stalled` at the deadline.
    func receive(at step: LinkStep, until deadline: UInt64) throws(LinkError) -> [UInt8] {
        while true {
            try wait(for: POLLIN, at: step, until: deadline)
            if let bytes = try receiveWaiting(at: step) { return bytes }
        }
    }

    /// What has come already; `nil` where nothing has.
    ///
    /// - Throws: `closed`, `oversized`.
    func receiveWaiting(at step: LinkStep) throws(LinkError) -> [UInt8]? {
        var result = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: 8192) { buffer, count in
            result = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            count = max(0, result)
        }
        received += bytes.count
        guard received <= Self.mostBytes else {
            throw LinkError(.oversized, step, "more than \(Self.mostBytes) bytes to open a link")
        }
        if result > 0 { return bytes }
        if result < 0, errno == EAGAIN || errno == EINTR { return nil }
        guard result == 0 else { throw Self.error(.closed, step, "the connection broke") }
        throw LinkError(.closed, step, "the relay ended the connection while \(step.rawValue) was due")
    }

    private func wait(for events: Int32, at step: LinkStep, until deadline: UInt64) throws(LinkError) {
        while true {
            let now = BootTime.now
            guard now < deadline else {
                throw LinkError(.stalled, step, "it fell silent while \(step.rawValue) was due")
            }
            var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
            // One more, so as not to wake a moment early and turn in circles.
            let milliseconds = min((deadline - now) / 1_000_000 + 1, 60_000)
            let ready = poll(&entry, 1, Int32(milliseconds))
            if ready > 0 { return }
            guard ready == 0 || errno == EINTR else { throw Self.error(.machine, step, "poll failed") }
        }
    }

    private static func error(_ kind: LinkError.Kind, _ step: LinkStep, _ reason: String) -> LinkError {
        LinkError(kind, step, "\(reason): \(String(cString: strerror(errno)))")
    }
}

extension IPAddress {
    fileprivate var isIPv4: Bool {
        switch self {
        case .v4: true
        case .v6: false
        }
    }
}

extension Endpoint {
    /// Lends the address as the kernel wants it.
    fileprivate func withSocketAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        func lend<Raw>(_ raw: Raw) -> Result {
            withUnsafeBytes(of: raw) { bytes in
                body(bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
            }
        }
        switch address {
        case .v4(let address):
            var raw = sockaddr_in()
            raw.sin_family = sa_family_t(AF_INET)
            raw.sin_port = port.bigEndian
            raw.sin_addr.s_addr = address.bits.bigEndian
            return lend(raw)
        case .v6(let address):
            var raw = sockaddr_in6()
            raw.sin6_family = sa_family_t(AF_INET6)
            raw.sin6_port = port.bigEndian
            withUnsafeMutableBytes(of: &raw.sin6_addr) { $0.copyBytes(from: address.bytes) }
            return lend(raw)
        }
    }
}

import CLinux
import Glibc

/// Sends and receives whole Ethernet frames on one interface, past the kernel's own protocols (packet(7)).
///
/// It needs CAP_NET_RAW. Frames that leave through it meet the netdev egress hook, as all others do.
public final class PacketSocket: Sendable {
    public let interface: String
    private let descriptor: Int32

    /// - Parameter namespace: where the interface lives; `nil` for the caller's own.
    /// - Throws: ``FrameError`` of kind `.socket` where there is no such interface, or no right to use it.
    public init(interface: String, in namespace: NetworkNamespace? = nil) throws(FrameError) {
        self.interface = interface
        descriptor =
            if let namespace {
                try namespace.perform { () throws(FrameError) in try Self.open(interface) }
            } else {
                try Self.open(interface)
            }
    }

    deinit {
        close(descriptor)
    }

    /// Sends one frame as it is, longer than the link's MTU or to an interface that is down excepted.
    public func send(_ frame: [UInt8]) throws(FrameError) {
        let sent = frame.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, 0) }
        guard sent == frame.count else {
            throw FrameError(.socket, "\(interface): a frame of \(frame.count) bytes was not sent", errno: errno)
        }
    }

    public func send(_ frame: Frame) throws(FrameError) {
        try send(frame.bytes)
    }

    /// Waits for a frame that came in and that the caller wants; others are skipped, unreadable ones too.
    ///
    /// - Returns: the frame, or `nil` when none came within the limit.
    public func firstFrame(
        within limit: Duration, where isWanted: @escaping @Sendable (Frame) -> Bool
    ) async throws -> Frame? {
        try await withCheckedThrowingContinuation { continuation in
            do throws(FrameError) {
                // Waiting on a thread of its own, since a thread of the pool may not block.
                try OwnThread { continuation.resume(with: Result { try self.waitForFrame(limit, isWanted) }) }.detach()
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    /// Throws away what came in and was not read.
    public func forgetReceived() throws(FrameError) {
        while try receive() != nil {}
    }

    private func waitForFrame(_ limit: Duration, _ isWanted: (Frame) -> Bool) throws(FrameError) -> Frame? {
        let clock = ContinuousClock()
        let deadline = clock.now + limit
        while true {
            while let bytes = try receive() {
                if case .success(let frame) = Result(catching: { () throws(FrameError) in try Frame(parsing: bytes) }),
                    isWanted(frame)
                {
                    return frame
                }
            }
            let left = deadline - clock.now
            guard left > .zero else { return nil }
            var wish = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&wish, 1, Int32(min(left / .milliseconds(1), 60_000)) + 1) >= 0 || errno == EINTR else {
                throw FrameError(.socket, "\(interface): cannot wait for frames", errno: errno)
            }
        }
    }

    /// A frame that waits already, or `nil`.
    private func receive() throws(FrameError) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT)) }
        if count >= 0 { return Array(buffer.prefix(count)) }
        // An interface that went down says so once, and may come up again.
        guard errno == EAGAIN || errno == EINTR || errno == ENETDOWN else {
            throw FrameError(.socket, "\(interface): cannot receive", errno: errno)
        }
        return nil
    }

    /// Opens a socket in the calling thread's namespace.
    private static func open(_ interface: String) throws(FrameError) -> Int32 {
        let everything = UInt16(ETH_P_ALL).bigEndian
        let index = if_nametoindex(interface)
        guard index != 0 else { throw FrameError(.socket, "interface \(interface)", errno: errno) }
        // Without a protocol at first: else frames of other interfaces come in before the socket is bound to its own.
        let descriptor = socket(AF_PACKET, Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw FrameError(.socket, "packet socket on \(interface)", errno: errno) }
        var yes: Int32 = 1
        var address = sockaddr_ll()
        address.sll_family = UInt16(AF_PACKET)
        address.sll_protocol = everything
        address.sll_ifindex = Int32(index)
        let isReady =
            setsockopt(descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, socklen_t(MemoryLayout.size(ofValue: yes)))
            == 0
            && withUnsafeBytes(of: &address) {
                bind(descriptor, $0.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count)) == 0
            }
        guard isReady else {
            let code = errno
            close(descriptor)
            throw FrameError(.socket, "packet socket on \(interface)", errno: code)
        }
        return descriptor
    }
}

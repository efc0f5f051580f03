import CLinux
import Glibc

/// A netlink socket to the kernel's packet filter, in the network namespace of the thread that made it (netlink(7)).
final class NetfilterSocket {
    private let descriptor: Int32

    /// - Throws: ``NftablesError``.
    init() throws(NftablesError) {
        descriptor = socket(AF_NETLINK, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), NETLINK_NETFILTER)
        guard descriptor >= 0 else {
            throw NftablesError(.setUp, "nftables: no netlink socket: \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        close(descriptor)
    }

    /// Hands a batch to the kernel, which has carried it out or thrown it away when this returns.
    ///
    /// - Throws: ``NftablesError`` with the kernel's reason; nothing was changed then.
    func run(_ batch: SetBatch) throws(NftablesError) {
        // The kernel takes a batch in one piece, however large, and counts more than its bytes.
        var room = Int32(clamping: batch.bytes.count * 2 + 4096)
        guard setsockopt(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, &room, socklen_t(MemoryLayout<Int32>.size)) == 0,
            batch.bytes.withUnsafeBytes({ send(descriptor, $0.baseAddress, $0.count, 0) }) == batch.bytes.count
        else { throw NftablesError(.refused, "nftables: \(String(cString: strerror(errno))); is the process root?") }
        var isAcknowledged = false
        var failure: NftablesError?
        // Every answer is here already: the kernel works while it is told.
        while let answer = nextAnswer() {
            if answer.code == 0 {
                isAcknowledged = isAcknowledged || answer.number == batch.lastNumber
            } else if failure == nil {
                let subject =
                    batch.subjects.indices.contains(Int(answer.number)) ? batch.subjects[Int(answer.number)] : ""
                let place = subject.isEmpty ? "the transaction" : "set \(subject)"
                failure = NftablesError(.refused, "nftables: \(place): \(String(cString: strerror(-answer.code)))")
            }
        }
        if let failure { throw failure }
        guard isAcknowledged else { throw NftablesError(.refused, "nftables: the kernel did not answer") }
    }

    /// The number of a message and the error that it met, 0 for none; `nil` where there is no further answer.
    private func nextAnswer() -> (number: UInt32, code: Int32)? {
        var answer = [UInt8](repeating: 0, count: 8192)
        while true {
            let count = recv(descriptor, &answer, answer.count, Int32(MSG_DONTWAIT))
            if count < 0, errno == EINTR { continue }
            let header = MemoryLayout<nlmsghdr>.size
            guard count >= header + MemoryLayout<Int32>.size else { return nil }
            return answer.withUnsafeBytes { bytes in
                (
                    bytes.loadUnaligned(as: nlmsghdr.self).nlmsg_seq,
                    bytes.loadUnaligned(fromByteOffset: header, as: Int32.self)
                )
            }
        }
    }
}

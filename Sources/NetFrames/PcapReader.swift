import Glibc

/// Reads a capture file record by record, so that its size does not matter.
///
/// It takes classic pcap of Ethernet frames, of either byte order, in micro- or nanoseconds. A frame that was cut by
/// the capture's length limit, and a file that ends within a record, are errors: nobody may judge what is not there.
public final class PcapReader {
    private let path: String
    private let isGrowing: Bool
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var position = 0
    private var isBigEndian = false
    private var nanosecondsPerTick: Int64 = 1000
    private var count = 0

    /// The largest frame that tcpdump captures.
    private static let longestFrame = 262_144
    private static let chunk = 1 << 20

    /// - Parameter isGrowing: whether the file is still being written: it then ends before the record that is not
    ///   whole yet, and ``next()`` may be asked again.
    public init(path: String, isGrowing: Bool = false) throws(FrameError) {
        self.path = path
        self.isGrowing = isGrowing
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FrameError(.capture, path, errno: errno) }
        guard try fill(24) else {
            throw FrameError(.capture, "\(path): no capture: \(buffer.count) bytes, fewer than its header has")
        }
        switch number(at: 0) {
        case 0xA1B2_C3D4: (isBigEndian, nanosecondsPerTick) = (false, 1000)
        case 0xA1B2_3C4D: (isBigEndian, nanosecondsPerTick) = (false, 1)
        case 0xD4C3_B2A1: (isBigEndian, nanosecondsPerTick) = (true, 1000)
        case 0x4D3C_B2A1: (isBigEndian, nanosecondsPerTick) = (true, 1)
        case let magic:
            throw FrameError(.capture, "\(path): begins with \(String(magic, radix: 16)); only classic pcap is read")
        }
        let linkType = number(at: 20) & 0xFFFF
        guard linkType == 1 else {
            throw FrameError(.capture, "\(path): link type \(linkType); only Ethernet (1) is read")
        }
        position += 24
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The next frame, or `nil` at the end of the file.
    public func next() throws(FrameError) -> CapturedFrame? {
        guard try fill(16) else {
            guard isGrowing || buffer.count == position else { throw brokenRecord("ends within its header") }
            return nil
        }
        let seconds = Int64(number(at: 0))
        let ticks = Int64(number(at: 4))
        let length = Int(number(at: 8))
        let original = Int(number(at: 12))
        guard length == original else {
            throw brokenRecord("holds \(length) of the frame's \(original) bytes; capture without a length limit")
        }
        guard length <= Self.longestFrame else { throw brokenRecord("claims \(length) bytes") }
        guard try fill(16 + length) else {
            guard isGrowing else { throw brokenRecord("ends within its frame") }
            return nil
        }
        defer {
            position += 16 + length
            count += 1
        }
        return CapturedFrame(
            time: seconds * 1_000_000_000 + ticks * nanosecondsPerTick,
            bytes: Array(buffer[position + 16..<position + 16 + length]))
    }

    private func brokenRecord(_ what: String) -> FrameError {
        FrameError(.capture, "\(path): record \(count + 1): \(what)")
    }

    /// Makes `wanted` bytes from the position on available; false where the file ends before.
    private func fill(_ wanted: Int) throws(FrameError) -> Bool {
        while buffer.count - position < wanted {
            var got = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: Self.chunk) { space, count in
                got = read(descriptor, space.baseAddress, Self.chunk)
                count = max(got, 0)
            }
            guard got >= 0 else { throw FrameError(.capture, path, errno: errno) }
            buffer = Array(buffer[position...]) + chunk
            position = 0
            if got == 0 { return false }
        }
        return true
    }

    private func number(at offset: Int) -> UInt32 {
        let little = (0..<4).reduce(UInt32(0)) { $0 | UInt32(buffer[position + offset + $1]) << (8 * $1) }
        return isBigEndian ? little.byteSwapped : little
    }
}

/// A frame as a capture holds it.
public struct CapturedFrame: Sendable, Hashable {
    /// Nanoseconds since 1970.
    public var time: Int64
    public var bytes: [UInt8]

    public init(time: Int64, bytes: [UInt8]) {
        self.time = time
        self.bytes = bytes
    }
}

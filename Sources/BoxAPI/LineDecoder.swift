import NIOCore

/// Cuts a stream into lines, and gives up on one that is too long.
struct LineDecoder: NIOSingleStepByteToMessageDecoder {
    /// In bytes, the line's end included.
    let limit: Int

    mutating func decode(buffer: inout ByteBuffer) throws -> ByteBuffer? {
        let end = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n"))
        guard (end.map { $0 - buffer.readerIndex + 1 } ?? buffer.readableBytes) <= limit else {
            throw Refusal(.notUnderstood, "a message has at most \(limit) bytes")
        }
        guard let end else { return nil }
        let line = buffer.readSlice(length: end - buffer.readerIndex)
        buffer.moveReaderIndex(forwardBy: 1)
        return line
    }

    mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> ByteBuffer? {
        try decode(buffer: &buffer)
    }
}

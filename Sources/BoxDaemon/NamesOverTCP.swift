import HostSystem
import NIOCore
import NIOPosix

/// Answers DNS over TCP at the address of tor's DNSPort, which itself speaks only UDP.
///
/// The resolver asks over TCP what a device asked over TCP. Each question goes on to tor as a datagram; a question that
/// tor leaves open ends with its connection.
struct NamesOverTCP: Sendable {
    /// The port of tor's DNSPort on 127.0.0.1.
    let port: Int

    private static let patience = Duration.seconds(30)

    /// Runs until the task is cancelled.
    ///
    /// - Throws: what binding the port throws.
    func run() async throws {
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        ByteToMessageHandler(QuestionDecoder()), MessageToByteHandler(AnswerEncoder()),
                    ])
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try await withThrowingDiscardingTaskGroup { group in
            try await server.executeThenClose { connections in
                for try await connection in connections {
                    // One connection's trouble is its own: it just ends.
                    group.addTask { _ = try? await serve(connection) }
                }
            }
        }
    }

    private func serve(_ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async throws {
        let tor = try await DatagramBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<AddressedEnvelope<ByteBuffer>, AddressedEnvelope<ByteBuffer>>(
                        wrappingChannelSynchronously: channel)
                }
            }
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: port)
        try await withTimeLimit(Self.patience, naming: "a name asked over TCP") {
            try await tor.executeThenClose { replies, toTor in
                try await connection.executeThenClose { questions, toResolver in
                    var replies = replies.makeAsyncIterator()
                    for try await question in questions {
                        try await toTor.write(AddressedEnvelope(remoteAddress: address, data: question))
                        // One question at a time: the next reply is this question's, or a late one to be passed over.
                        while let reply = try await replies.next() {
                            guard reply.data.isReply(to: question) else { continue }
                            try await toResolver.write(reply.data)
                            break
                        }
                    }
                }
            }
        }
    }
}

/// Cuts a stream into messages by the two bytes of length before each (RFC 1035 section 4.2.2).
private struct QuestionDecoder: NIOSingleStepByteToMessageDecoder {
    mutating func decode(buffer: inout ByteBuffer) throws -> ByteBuffer? {
        buffer.readLengthPrefixedSlice(as: UInt16.self)
    }

    mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> ByteBuffer? {
        try decode(buffer: &buffer)
    }
}

private struct AnswerEncoder: MessageToByteEncoder {
    func encode(data: ByteBuffer, out: inout ByteBuffer) throws {
        try out.writeLengthPrefixed(as: UInt16.self) { $0.writeImmutableBuffer(data) }
    }
}

extension ByteBuffer {
    /// The first two bytes of a DNS message are its id.
    fileprivate func isReply(to question: ByteBuffer) -> Bool {
        getInteger(at: readerIndex, as: UInt16.self) == question.getInteger(at: question.readerIndex, as: UInt16.self)
    }
}

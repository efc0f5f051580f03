import HostSystem
import NIOCore
import NIOPosix

/// Asks torboxd over its socket.
public struct APIClient: Sendable {
    private let path: String

    public init(path: String) {
        self.path = path
    }

    /// - Returns: the answer; a refusal is one too.
    /// - Throws: ``APIError``.
    public func ask(_ request: Request, limit: Duration = .seconds(20)) async throws -> Reply {
        let connection = try await connect()
        let line = ByteBuffer(bytes: try Message.line(request))
        do {
            return try await withTimeLimit(limit, naming: "torboxd") {
                try await connection.executeThenClose { replies, requests in
                    try await requests.write(line)
                    for try await reply in replies {
                        return try Message.body(Reply.self, of: Array(reply.readableBytesView))
                    }
                    throw APIError(.noAnswer, "torboxd closed the connection without an answer; its log says why")
                }
            }
        } catch let error as APIError {
            throw error
        } catch {
            throw APIError(.noAnswer, "torboxd did not answer: \(error)")
        }
    }

    private func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        do {
            return try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            ByteToMessageHandler(LineDecoder(limit: Message.longestReply)))
                        return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
        } catch {
            throw APIError(connecting: path, error)
        }
    }
}

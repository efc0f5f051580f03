import Glibc
import HostSystem
import NIOCore
import NIOPosix

/// Answers requests on a unix socket, to root and the group `torbox` alone.
///
/// One line, one answer, in order. A connection is dropped where a message is too long, where its account asks too
/// often, and after `patience` in any case, so that a silent client holds nothing.
public struct APIServer: Sendable {
    private let path: String
    private let patience: Duration
    private let answer: @Sendable (Request) async -> Reply

    /// At a time; more of them wait in the kernel's queue.
    private static let connectionLimit = 32

    /// - Parameters:
    ///   - path: the socket, made anew at each start.
    ///   - answer: called for one request of a connection at a time, for several connections at once.
    public init(
        path: String, patience: Duration = .seconds(30), answer: @escaping @Sendable (Request) async -> Reply
    ) {
        self.path = path
        self.patience = patience
        self.answer = answer
    }

    /// Runs until the task is cancelled.
    ///
    /// - Throws: what making the socket throws.
    public func run() async throws {
        let server: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>
        do {
            server = try await bind()
        } catch {
            throw HostError(.file, "\(path): the socket for requests cannot be made: \(error)")
        }
        // The kernel turns others away at the file; whoever came before this is turned away by `Peer`.
        guard chown(path, 0, UserGroup(named: Peer.admittedGroup)?.id ?? 0) == 0, chmod(path, 0o660) == 0 else {
            throw HostError(.file, path, errno: errno)
        }
        let budgets = RequestBudgets()
        try await withThrowingDiscardingTaskGroup { group in
            try await server.executeThenClose { connections in
                let places = Places(Self.connectionLimit)
                for try await connection in connections {
                    await places.take()
                    group.addTask {
                        // One connection's trouble is its own: it just ends.
                        _ = try? await serve(connection, budgets)
                        await places.giveBack()
                    }
                }
            }
        }
    }

    private func bind() async throws -> NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never> {
        try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            // Who has asked all may say so and still gets the answers.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        ByteToMessageHandler(
                            LineDecoder(limit: Message.longestRequest),
                            maximumBufferSize: 2 * Message.longestRequest))
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
    }

    private func serve(_ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ budgets: RequestBudgets) async throws {
        try await withTimeLimit(patience, naming: "a request") {
            try await connection.executeThenClose { lines, replies in
                let peer = try await Peer.of(connection.channel)
                guard peer.isAdmitted else {
                    return try await replies.write(
                        Self.buffer(.refused(Refusal(.notAdmitted, "only root and the group torbox may ask the box"))))
                }
                do {
                    for try await line in lines {
                        guard await budgets.take(for: peer.user) else {
                            return try await replies.write(
                                Self.buffer(.refused(Refusal(.busy, "too many requests; ask again in some seconds"))))
                        }
                        try await replies.write(Self.buffer(reply(to: Array(line.readableBytesView))))
                    }
                } catch let refusal as Refusal {
                    try await replies.write(Self.buffer(.refused(refusal)))
                }
            }
        }
    }

    private func reply(to line: [UInt8]) async -> Reply {
        do {
            return await answer(try Message.body(Request.self, of: line))
        } catch {
            return .refused(error)
        }
    }

    private static func buffer(_ reply: Reply) throws -> ByteBuffer {
        ByteBuffer(bytes: try Message.line(reply))
    }
}

/// A fixed number of places; who finds none waits for one.
private actor Places {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) {
        free = count
    }

    func take() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}

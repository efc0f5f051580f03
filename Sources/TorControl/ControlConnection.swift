import NIOCore
import NIOPosix

/// An authenticated connection to a running tor.
///
/// Commands may be sent from many tasks at once; tor answers in order. The connection ends when tor ends, when tor does
/// not answer in time, when it sends what cannot be read, by ``close()``, or with the last reference to it. Then commands in
/// flight fail with the reason, and so does every later one.
public final class ControlConnection: Sendable {
    /// What tor reports once ``subscribe(to:)`` has asked for it.
    public let events: ControlEvents
    let channel: any Channel
    private let closed: EventLoopFuture<ControlError>

    private init(_ channel: any Channel, _ events: EventQueue, _ closed: EventLoopFuture<ControlError>) {
        self.channel = channel
        self.events = ControlEvents(queue: events)
        self.closed = closed
    }

    deinit {
        channel.close(promise: nil)
    }

    /// Connects to tor's control socket and authenticates by SAFECOOKIE (control-spec 3.24).
    ///
    /// - Parameters:
    ///   - socketPath: what tor was given as `ControlSocket`.
    ///   - cookiePath: what tor was given as `CookieAuthFile`; without it, where tor says that its cookie is (3.21).
    /// - Throws: ``ControlError`` of kind `.unreachable`, `.authentication`, or that of the first command that failed.
    public static func connect(socketPath: String, cookiePath: String? = nil) async throws -> ControlConnection {
        let connection = try await open(socketPath: socketPath)
        do {
            try await connection.authenticate(cookiePath: cookiePath)
        } catch {
            connection.close()
            throw error
        }
        return connection
    }

    /// A connection over which only PROTOCOLINFO and the authentication are allowed yet.
    static func open(socketPath: String, eventCapacity: Int = 4096) async throws -> ControlConnection {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let events = EventQueue(capacity: eventCapacity)
        let closed = loop.makePromise(of: ControlError.self)
        do {
            let channel = try await ClientBootstrap(group: loop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(ControlHandler(events: events, closed: closed))
                    }
                }
                .connect(unixDomainSocketPath: socketPath)
                .get()
            return ControlConnection(channel, events, closed.futureResult)
        } catch {
            let failure = ControlError(
                .unreachable, "cannot connect to tor's control socket \(socketPath): \(error); is tor running?")
            // Where the channel never became active nobody else keeps the promise.
            closed.succeed(failure)
            throw failure
        }
    }

    /// Sends one command line and returns tor's positive answer.
    ///
    /// - Parameters:
    ///   - line: without a line end.
    ///   - limit: a tor that stays silent for so long is given up, and the connection with it.
    /// - Throws: ``ControlError`` of kind `.refused` with tor's words, `.argument` for a line that is more than one line,
    ///   or the reason for which the connection ended; `CancellationError` when the task is cancelled.
    @discardableResult
    public func send(_ line: String, limit: Duration = .seconds(30)) async throws -> Reply {
        guard !line.utf8.contains(where: { [0, .lineFeed, .carriageReturn].contains($0) }) else {
            throw ControlError(.argument, "a command for tor must be a single line")
        }
        let command = ControlCommand(
            line: line, limit: TimeAmount(limit), answer: channel.eventLoop.makePromise(of: Reply.self))
        // Once the connection has ended, no handler is left to fail the answer.
        let written = channel.eventLoop.makePromise(of: Void.self)
        written.futureResult.whenFailure { [closed] _ in closed.whenSuccess { command.answer.fail($0) } }
        channel.write(command, promise: written)
        let reply = try await command.answer.futureResult.cancellableValue()
        guard reply.isPositive else {
            throw ControlError(.refused, "tor refused \(command.name): \(reply.code) \(reply.words)", code: reply.code)
        }
        return reply
    }

    /// Returns when the connection has ended, with the reason.
    ///
    /// - Throws: `CancellationError` when the task is cancelled before.
    public func ended() async throws -> ControlError {
        try await closed.cancellableValue()
    }

    /// Ends the connection; does not wait for it.
    public func close() {
        channel.close(promise: nil)
    }
}

extension EventLoopFuture where Value: Sendable {
    /// The value, or `CancellationError` as soon as the task is cancelled.
    fileprivate func cancellableValue() async throws -> Value {
        let copy = eventLoop.makePromise(of: Value.self)
        cascade(to: copy)
        return try await withTaskCancellationHandler {
            try await copy.futureResult.get()
        } onCancel: {
            copy.fail(CancellationError())
        }
    }
}

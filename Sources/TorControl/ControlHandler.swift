import NIOCore

/// A command on its way to tor.
struct ControlCommand: Sendable {
    /// One line without its line end.
    var line: String
    /// After this time without an answer the connection is given up.
    var limit: TimeAmount
    var answer: EventLoopPromise<Reply>

    /// The word by which errors name the command; the rest may hold secrets.
    var name: String { String(line.prefix { $0 != " " }) }
}

/// Pairs commands with answers, which come in the order of the commands, and passes events on (control-spec 1, 4.1).
final class ControlHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ControlCommand
    typealias OutboundOut = ByteBuffer

    private struct Waiting {
        var answer: EventLoopPromise<Reply>
        var limit: Scheduled<Void>
    }

    private var parser = ReplyParser()
    private var waiting = CircularBuffer<Waiting>()
    private var reason: ControlError?
    private let events: EventQueue
    private let closed: EventLoopPromise<ControlError>

    init(events: EventQueue, closed: EventLoopPromise<ControlError>) {
        self.events = events
        self.closed = closed
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let command = unwrapOutboundIn(data)
        guard reason == nil, context.channel.isActive else {
            command.answer.fail(end)
            promise?.fail(end)
            return
        }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let limit = context.eventLoop.assumeIsolated().scheduleTask(in: command.limit) { [self] in
            let seconds = command.limit.nanoseconds / 1_000_000_000
            close(
                bound.value,
                ControlError(.timeLimit, "tor did not answer \(command.name) within \(seconds) s; is it stuck?"))
        }
        waiting.append(Waiting(answer: command.answer, limit: limit))
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: command.line + "\r\n")), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard reason == nil else { return }
        do {
            for reply in try parser.consume(Array(unwrapInboundIn(data).readableBytesView)) {
                if reply.isAsynchronous {
                    events.push(ControlEvent(reply))
                } else if let command = waiting.popFirst() {
                    command.limit.cancel()
                    command.answer.succeed(reply)
                } else {
                    throw ControlError(.malformed, "tor's control socket sent an answer to no question")
                }
            }
        } catch {
            close(context, error)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        close(context, ControlError(.closed, "the connection to tor failed: \(error)"))
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish()
        context.fireChannelInactive()
    }

    private func close(_ context: ChannelHandlerContext, _ error: any Error) {
        if reason == nil {
            reason = error as? ControlError ?? ControlError(.closed, "the connection to tor failed: \(error)")
        }
        context.close(promise: nil)
    }

    private func finish() {
        // What came before the end was answered; whatever waits now never will be.
        for command in waiting {
            command.limit.cancel()
            command.answer.fail(end)
        }
        waiting.removeAll()
        events.finish()
        closed.succeed(end)
    }

    private var end: ControlError {
        reason ?? ControlError(.closed, "tor closed its control socket: it has ended or is ending")
    }
}

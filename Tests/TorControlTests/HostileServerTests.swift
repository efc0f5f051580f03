import HostSystem
import NIOCore
import NIOPosix
import Testing

@testable import TorControl

@Suite("Whoever else listens on the socket", .timeLimit(.minutes(1)))
struct HostileServerTests {
    static let info = "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=SAFECOOKIE COOKIEFILE=\"/dev/null\"\r\n250 OK\r\n"
    static let zeros = String(repeating: "0", count: 64)

    @Test("It gets no answer to its challenge unless it knows the cookie")
    func impostor() async throws {
        let challenge = "250 AUTHCHALLENGE SERVERHASH=\(Self.zeros) SERVERNONCE=\(Self.zeros)\r\n"
        let answers = ["PROTOCOLINFO": Self.info, "AUTHCHALLENGE": challenge]
        let (error, heard) = try await Self.meet(answers)
        #expect(error.kind == .authentication)
        #expect(heard.map { $0.prefix { $0 != " " } } == ["PROTOCOLINFO", "AUTHCHALLENGE"])
    }

    @Test(
        "What it says ends the connection with a reason",
        arguments: [
            ("HTTP/1.1 400 Bad Request\r\n\r\n", ControlError.Kind.malformed),
            ("250 OK\r\n250 OK\r\n", .authentication),
            ("250-AUTH METHODS=NULL\r\n250 OK\r\n", .authentication),
            ("250-AUTH METHODS=\"SAFECOOKIE\r\n250 OK\r\n", .malformed),
            ("510 Unrecognized command\r\n", .refused),
            (String(repeating: "2", count: 100_000), .malformed),
            ("", .closed),
        ])
    func nonsense(answer: String, kind: ControlError.Kind) async throws {
        let (error, heard) = try await Self.meet(["PROTOCOLINFO": answer])
        #expect(error.kind == kind)
        #expect(heard.count == 1)
    }

    @Test(
        "A challenge that cannot be read is not answered",
        arguments: ["", "SERVERHASH=00", "SERVERHASH=zz SERVERNONCE=zz"])
    func badChallenge(arguments: String) async throws {
        let answers = ["PROTOCOLINFO": Self.info, "AUTHCHALLENGE": "250 AUTHCHALLENGE \(arguments)\r\n"]
        let (error, heard) = try await Self.meet(answers)
        #expect(error.kind == .malformed)
        #expect(heard.count == 2)
    }

    /// Connects to a server that gives these answers to these commands, closing after an empty one, and returns how that
    /// failed and which lines the server heard.
    private static func meet(_ answers: [String: String]) async throws -> (ControlError, [String]) {
        try await TorHome.with { home in
            let cookie = home.path + "/cookie"
            try await Command("dd", ["if=/dev/urandom", "of=\(cookie)", "bs=32", "count=1", "status=none"]).run()
            let (heard, hear) = AsyncStream.makeStream(of: String.self)
            let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(ScriptedServer(answers: answers, heard: hear))
                    }
                }
                .bind(unixDomainSocketPath: home.socketPath)
                .get()
            let error = try #require(
                await #expect(throws: ControlError.self) {
                    try await ControlConnection.connect(socketPath: home.socketPath, cookiePath: cookie)
                })
            try await server.close()
            return (error, await heard.reduce(into: []) { $0.append($1) })
        }
    }
}

/// Answers each line by its first word, as a program would that is not tor.
private final class ScriptedServer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answers: [String: String]
    private let heard: AsyncStream<String>.Continuation
    private var text = ""

    init(answers: [String: String], heard: AsyncStream<String>.Continuation) {
        self.answers = answers
        self.heard = heard
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        text += String(buffer: unwrapInboundIn(data))
        while let end = text.firstIndex(of: "\r\n") {
            let line = String(text[..<end])
            text = String(text[text.index(after: end)...])
            heard.yield(line)
            if let answer = answers[String(line.prefix { $0 != " " })], !answer.isEmpty {
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
            } else {
                context.close(promise: nil)
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        heard.finish()
    }
}

import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NetAddress

/// The lab's web server: it tells each visitor which address it saw, and gives bytes to measure with.
public struct WebServer: Sendable {
    /// Which of the lab's pages is served at an endpoint.
    public enum Site: String, Sendable, CaseIterable {
        case internet
        case router
        case onion
        /// What listens on the hostile relay's directory port.
        case hostile

        func greeting(_ visitor: String) -> String {
            switch self {
            case .internet: "you came from \(visitor)\n"
            case .router: "the router's page: you came from \(visitor)\n"
            case .onion: "the onion page\n"
            case .hostile: "the hostile relay saw \(visitor)\n"
            }
        }
    }

    private let sites: [(Site, Endpoint)]

    public init(_ sites: [(Site, Endpoint)]) {
        self.sites = sites
    }

    /// Everything that the lab serves.
    public static let lab = WebServer(
        [
            (.internet, Endpoint(.v4(Addresses.web), 80)), (.internet, Endpoint(.v6(Addresses.webV6), 80)),
            (.router, Endpoint(.v4(Addresses.router), 80)), (.router, Endpoint(.v6(Addresses.routerV6), 80)),
            (.onion, Endpoint(TorNode.onionBackend)!),
        ] + HostileRelay.directoryPorts.map { (.hostile, $0) })

    /// Serves until it is cancelled.
    public func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (site, endpoint) in sites {
                group.addTask { try await Self.serve(site, at: endpoint) }
            }
            try await group.waitForAll()
        }
    }

    private typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    private static func serve(_ site: Site, at endpoint: Endpoint) async throws {
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "\(endpoint.address)", port: Int(endpoint.port)) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
        try await withThrowingDiscardingTaskGroup { group in
            try await server.executeThenClose { connections in
                for try await connection in connections {
                    group.addTask { await answer(connection, as: site) }
                }
            }
        }
    }

    private static func answer(_ connection: Connection, as site: Site) async {
        do {
            try await connection.executeThenClose { requests, responses in
                for try await case .head(let request) in requests {
                    let visitor = connection.channel.remoteAddress?.ipAddress ?? "nowhere"
                    if site == .hostile { HostileRelay.note(visitor) }
                    try await respond(to: request.uri, site.greeting(visitor), through: responses)
                    // Through the channel, whose answer comes once all is with the kernel: closing forgets the rest.
                    try await connection.channel.writeAndFlush(HTTPServerResponsePart.end(nil))
                    guard request.isKeepAlive else { return }
                }
            }
        } catch {
            // A visitor who goes away in the middle is no concern of the others.
        }
    }

    /// Sends all of a response but its end.
    private static func respond(
        to path: String, _ greeting: String, through responses: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) async throws {
        let parts = path.split(separator: "/")
        if path == "/" {
            try await send(.ok, ByteBuffer(string: greeting), through: responses)
        } else if parts.count == 2, parts[0] == "bytes", let count = Int(parts[1]), count >= 0 {
            try await stream(count, through: responses)
        } else if path == HostileRelay.pagePath {
            try await send(.ok, ByteBuffer(string: HostileRelay.page), as: "text/html", through: responses)
        } else {
            let words = "this server has /, /bytes/N and \(HostileRelay.pagePath)\n"
            try await send(.notFound, ByteBuffer(string: words), through: responses)
        }
    }

    private static func send(
        _ status: HTTPResponseStatus, _ body: ByteBuffer, as type: String = "text/plain",
        through responses: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) async throws {
        try await responses.write(head(status, length: body.readableBytes, as: type))
        try await responses.write(.body(.byteBuffer(body)))
    }

    private static func stream(
        _ count: Int, through responses: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) async throws {
        let block = ByteBuffer(repeating: 0x2E, count: 1 << 17)
        try await responses.write(head(.ok, length: count))
        var left = count
        while left > 0 {
            let part = block.getSlice(at: 0, length: min(left, block.readableBytes))!
            try await responses.write(.body(.byteBuffer(part)))
            left -= part.readableBytes
        }
    }

    private static func head(
        _ status: HTTPResponseStatus, length: Int, as type: String = "text/plain"
    ) -> HTTPServerResponsePart {
        let headers: HTTPHeaders = ["content-length": "\(length)", "content-type": type, "date": date]
        return .head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))
    }

    /// Now, as RFC 9110 section 5.6.7 has it.
    private static var date: String {
        var (now, parts) = (time(nil), tm())
        gmtime_r(&now, &parts)
        return String(unsafeUninitializedCapacity: 64) { text in
            text.withMemoryRebound(to: CChar.self) { text in
                strftime(text.baseAddress!, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
            }
        }
    }
}

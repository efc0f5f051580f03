import BoxAPI
import HTTPTypes
import Hummingbird
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOEmbedded
import Testing

@testable import BoxWeb

/// A browser without a window: sends requests through the router and keeps its cookies.
struct Visitor {
    let site: Site
    let host: String
    var device = "10.44.0.10"
    /// The box's own address that it connects to.
    var place = "10.44.0.1"
    var cookies: [String: String] = [:]
    var acceptLanguage = "en"

    struct Seen {
        let status: HTTPResponse.Status
        let headers: HTTPFields
        let text: String
    }

    init(_ site: Site, host: String = "torbox.lan") {
        self.site = site
        self.host = host
    }

    mutating func get(_ path: String) async throws -> Seen {
        try await send(.get, path, [:], "")
    }

    /// Sends a form as a browser does that shows one of the box's pages.
    mutating func post(_ path: String, _ fields: [String: String], origin: String? = nil) async throws -> Seen {
        let body = fields.map { "\($0.key)=\(Self.encoded($0.value))" }.joined(separator: "&")
        return try await send(
            .post, path,
            [.origin: origin ?? "http://\(host)", .contentType: "application/x-www-form-urlencoded"], body)
    }

    /// The same with the token of the page's form, as its reader would.
    mutating func submit(_ path: String, _ fields: [String: String], from page: String) async throws -> Seen {
        let token = try #require(try await get(page).text.firstMatch(of: /name="token" value="([0-9a-f]+)"/))
        return try await post(path, fields.merging(["token": String(token.1)]) { $1 })
    }

    mutating func send(
        _ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: String
    ) async throws -> Seen {
        var headers = headers
        headers[.acceptLanguage] = acceptLanguage
        if !cookies.isEmpty { headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
        let head = HTTPRequest(method: method, scheme: "http", authority: host, path: path, headerFields: headers)
        let channel = EmbeddedChannel()
        channel.localAddress = try SocketAddress(ipAddress: place, port: 80)
        channel.remoteAddress = try SocketAddress(ipAddress: device, port: 40000)
        let context = WebContext(
            source: ApplicationRequestContextSource(channel: channel, logger: Logger(label: "test")))
        var response: Response
        do {
            response = try await site.router().buildResponder().respond(
                to: Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body))), context: context)
        } catch let error as HTTPError {
            response = Response(status: error.status)
        }
        for cookie in response.headers[values: .setCookie] {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            cookies[String(pair[0])] = pair.count > 1 ? String(pair[1]) : ""
        }
        return Seen(
            status: response.status, headers: response.headers, text: try await Self.text(of: response.body))
    }

    private static func text(of body: ResponseBody) async throws -> String {
        let collected = Collected()
        try await body.write(collected)
        return String(buffer: collected.buffer.withLockedValue { $0 })
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let digits = String(byte, radix: 16)
            return "%" + String(repeating: "0", count: 2 - digits.count) + digits
        }.joined()
    }
}

private struct Collected: ResponseBodyWriter {
    let buffer = NIOLockedValueBox(ByteBuffer())

    func write(_ more: ByteBuffer) async throws {
        buffer.withLockedValue { _ = $0.writeImmutableBuffer(more) }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

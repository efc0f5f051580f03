import Glibc

extension ControlConnection {
    /// Proves to each other that both sides know the cookie (control-spec 3.5, 3.21, 3.24).
    ///
    /// The cookie itself never crosses the socket: who listens there may not be tor.
    func authenticate(cookiePath: String?) async throws {
        let protocolInfo = try ProtocolInfo(try await send("PROTOCOLINFO 1"))
        guard protocolInfo.methods.contains("SAFECOOKIE") else {
            throw ControlError(
                .authentication, "tor does not offer SAFECOOKIE; set CookieAuthentication 1 in its torrc")
        }
        guard let path = cookiePath ?? protocolInfo.cookiePath else {
            throw ControlError(.authentication, "tor does not say where its cookie is; set CookieAuthFile in its torrc")
        }
        let proof = SafeCookie(cookie: try Self.readCookie(path))
        let challenge = try await send("AUTHCHALLENGE SAFECOOKIE \(Hex.write(proof.clientNonce))")
        var words = Words(challenge.lines[0].text)
        guard words.next() == "AUTHCHALLENGE", let arguments = words.arguments(),
            let hash = arguments["SERVERHASH"].flatMap({ Hex.read($0) }),
            let nonce = arguments["SERVERNONCE"].flatMap({ Hex.read($0) })
        else { throw ControlError(.malformed, "tor's answer to AUTHCHALLENGE cannot be read") }
        let response = try proof.response(serverHash: hash, serverNonce: nonce)
        do {
            try await send("AUTHENTICATE \(Hex.write(response))")
        } catch let error as ControlError where error.kind == .refused {
            throw ControlError(.authentication, error.message, code: error.code)
        }
    }

    private static func readCookie(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "rbe") else {
            let reason = String(cString: strerror(errno))
            throw ControlError(.authentication, "cannot read tor's cookie \(path): \(reason)")
        }
        defer { fclose(file) }
        // One byte more than a cookie has: a longer file is none, and must not be used (control-spec 3.21).
        var bytes = [UInt8](repeating: 0, count: SafeCookie.length + 1)
        let count = fread(&bytes, 1, bytes.count, file)
        guard count == SafeCookie.length else {
            throw ControlError(
                .authentication,
                "\(path) is not tor's cookie: it should have \(SafeCookie.length) bytes; is tor running?")
        }
        return Array(bytes.prefix(count))
    }
}

/// What tor says of itself before authentication (control-spec 3.21).
struct ProtocolInfo: Hashable {
    var methods: Set<String> = []
    var cookiePath: String?
    var version: String?

    init(_ reply: Reply) throws(ControlError) {
        for line in reply.lines {
            var words = Words(line.text)
            let keyword = words.next()
            guard keyword == "AUTH" || keyword == "VERSION" else { continue }
            guard let arguments = words.arguments() else {
                throw ControlError(.malformed, "tor's answer to PROTOCOLINFO cannot be read")
            }
            if keyword == "AUTH" {
                methods = Set((arguments["METHODS"] ?? "").split(separator: ",").map(String.init))
                cookiePath = arguments["COOKIEFILE"]
            } else {
                version = arguments["Tor"]
            }
        }
    }
}

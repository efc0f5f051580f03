import COpenSSL

/// The proof by which tor and its controller show each other that they know the cookie (control-spec 3.24).
struct SafeCookie {
    /// The contents of the cookie file, 32 bytes.
    let cookie: [UInt8]
    /// Our random bytes, fresh for each connection.
    let clientNonce: [UInt8]

    static let length = 32

    init(cookie: [UInt8], clientNonce: [UInt8] = Self.freshNonce()) {
        self.cookie = cookie
        self.clientNonce = clientNonce
    }

    /// Checks tor's proof in constant time and returns ours.
    ///
    /// - Throws: ``ControlError`` of kind `.authentication` where the other side does not know the cookie; nothing that
    ///   depends on the cookie may be sent to it then.
    func response(serverHash: [UInt8], serverNonce: [UInt8]) throws(ControlError) -> [UInt8] {
        let expected = hash(key: "Tor safe cookie authentication server-to-controller hash", serverNonce)
        guard serverNonce.count == Self.length, serverHash.count == expected.count,
            CRYPTO_memcmp(serverHash, expected, expected.count) == 0
        else {
            throw ControlError(
                .authentication,
                "the control socket's owner does not know the cookie: another program listens there, or the cookie is old"
            )
        }
        return hash(key: "Tor safe cookie authentication controller-to-server hash", serverNonce)
    }

    private func hash(key: String, _ serverNonce: [UInt8]) -> [UInt8] {
        let key = Array(key.utf8)
        let message = cookie + clientNonce + serverNonce
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let done = HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &digest, &length)
        precondition(done != nil, "OpenSSL has no HMAC-SHA256")
        return Array(digest.prefix(Int(length)))
    }

    private static func freshNonce() -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<length).map { _ in random.next() }
    }
}

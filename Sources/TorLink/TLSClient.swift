import COpenSSL

/// TLS as tor's client speaks it, without a socket: bytes of the network go in and out here, cells inside.
///
/// Nobody's certificate is checked here, for relays make their own: whose the connection is, only the cells in it tell.
/// The first packet has the ciphers, groups, signatures and extensions of tor 0.4.9 on the same OpenSSL, in their order.
final class TLSClient {
    /// What tor offers for TLS 1.2; for TLS 1.3 see ``tls13Ciphers``.
    private static let ciphers = [
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-CHACHA20-POLY1305",
        "ECDHE-RSA-CHACHA20-POLY1305", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384",
        "ECDHE-ECDSA-AES256-SHA", "ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES128-SHA", "ECDHE-RSA-AES256-SHA",
        "AES128-GCM-SHA256", "AES256-GCM-SHA384", "AES128-SHA", "AES256-SHA",
    ].joined(separator: ":")
    private static let tls13Ciphers = "TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384"
    private static let groups = "P-256:X25519:P-224"

    private let connection: OpaquePointer
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer

    /// - Throws: `machine`.
    init() throws(LinkError) {
        guard let context = SSL_CTX_new(TLS_client_method()) else { throw Self.failed() }
        // The connection holds the context from here on.
        defer { SSL_CTX_free(context) }
        SSL_CTX_set_options(context, UInt64(TORBOX_TLSEXT_PADDING))
        guard SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_2_VERSION), nil) == 1,
            SSL_CTX_set_cipher_list(context, Self.ciphers) == 1,
            SSL_CTX_set_ciphersuites(context, Self.tls13Ciphers) == 1,
            Self.groups.withCString({ groups in
                SSL_CTX_ctrl(context, SSL_CTRL_SET_GROUPS_LIST, 0, UnsafeMutableRawPointer(mutating: groups))
            }) == 1,
            let connection = SSL_new(context)
        else { throw Self.failed() }
        guard let incoming = BIO_new(BIO_s_mem()), let outgoing = BIO_new(BIO_s_mem()) else { throw Self.failed() }
        // The connection owns both from here on.
        SSL_set_bio(connection, incoming, outgoing)
        SSL_set_connect_state(connection)
        (self.connection, self.incoming, self.outgoing) = (connection, incoming, outgoing)
        let named = Self.madeUpName().withCString { name in
            SSL_ctrl(
                connection, SSL_CTRL_SET_TLSEXT_HOSTNAME, Int(TLSEXT_NAMETYPE_host_name),
                UnsafeMutableRawPointer(mutating: name))
        }
        guard named == 1 else { throw Self.failed() }
    }

    deinit {
        SSL_free(connection)
    }

    /// Takes bytes from the network.
    func receive(_ bytes: [UInt8]) throws(LinkError) {
        guard BIO_write(incoming, bytes, Int32(bytes.count)) == Int32(bytes.count) else { throw Self.failed() }
    }

    /// Gives all that waits to go to the network, and forgets it.
    func takeOutgoing() -> [UInt8] {
        let waiting = BIO_ctrl_pending(outgoing)
        return [UInt8](unsafeUninitializedCapacity: waiting) { buffer, count in
            count = waiting > 0 ? max(0, Int(BIO_read(outgoing, buffer.baseAddress, Int32(waiting)))) : 0
        }
    }

    /// Goes on as far as the bytes reach; there may be outgoing bytes afterwards, also after an error.
    ///
    /// - Returns: whether the connection stands.
    /// - Throws: `garbage` where the other side speaks no TLS, or another.
    func shakeHands() throws(LinkError) -> Bool {
        defer { ERR_clear_error() }
        let result = SSL_do_handshake(connection)
        if result == 1 { return true }
        guard SSL_get_error(connection, result) == SSL_ERROR_WANT_READ else {
            throw LinkError(.garbage, .tls, "what answers there speaks no TLS that a relay speaks")
        }
        return false
    }

    /// What the other end showed, in DER form; empty before the connection stands.
    var peerCertificate: [UInt8] {
        guard let certificate = SSL_get0_peer_certificate(connection) else { return [] }
        let length = i2d_X509(certificate, nil)
        guard length > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
            var place = buffer.baseAddress
            count = Int(max(0, i2d_X509(certificate, &place)))
        }
    }

    func write(_ cells: [UInt8]) throws(LinkError) {
        defer { ERR_clear_error() }
        guard SSL_write(connection, cells, Int32(cells.count)) == Int32(cells.count) else { throw Self.failed() }
    }

    /// What has come inside the connection so far; empty where that was all.
    ///
    /// - Throws: `closed` once the other side ended it, `garbage` where what came is broken.
    func read(at step: LinkStep) throws(LinkError) -> [UInt8] {
        defer { ERR_clear_error() }
        var all: [UInt8] = []
        while true {
            var result: Int32 = 0
            let piece = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
                result = SSL_read(connection, buffer.baseAddress, Int32(buffer.count))
                count = Int(max(0, result))
            }
            if result > 0 {
                all += piece
                continue
            }
            switch SSL_get_error(connection, result) {
            case SSL_ERROR_WANT_READ: return all
            case SSL_ERROR_ZERO_RETURN where !all.isEmpty: return all
            case SSL_ERROR_ZERO_RETURN: throw LinkError(.closed, step, "the relay ended the connection")
            default: throw LinkError(.garbage, step, "the TLS connection broke")
            }
        }
    }

    /// A name that nobody has, such as tor's clients make up for each connection.
    private static func madeUpName() -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567")
        return "www." + String((0..<Int.random(in: 4...25)).map { _ in alphabet.randomElement()! }) + ".com"
    }

    private static func failed() -> LinkError {
        ERR_clear_error()
        return LinkError(.machine, .tls, "OpenSSL refuses its work; its configuration must allow TLS 1.2 and 1.3")
    }
}

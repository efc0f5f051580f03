import Testing

@testable import TorControl

struct SafeCookieTests {
    let proof = SafeCookie(cookie: Array(0..<32), clientNonce: [UInt8](repeating: 0x11, count: 32))
    let serverNonce = [UInt8](repeating: 0x22, count: 32)
    // Computed by another implementation of HMAC-SHA256 over the same values.
    let serverHash = "2AECBF4D284BEFDDBBACC3817B41959EDA061AC7E156DB0C734CB28AA5E903ED"
    let clientHash = "EEA571786A3FD103B6AA1FFA46249C4C850C509D0C84C550ED9E41477511D2BA"

    @Test("Tor's proof is accepted and ours is the one that tor expects")
    func agreement() throws {
        let response = try proof.response(serverHash: #require(Hex.read(serverHash)), serverNonce: serverNonce)
        #expect(Hex.write(response) == clientHash)
    }

    @Test("A proof with one bit wrong is refused", arguments: [0, 100, 255])
    func oneBit(bit: Int) throws {
        var hash = try #require(Hex.read(serverHash))
        hash[bit / 8] ^= 1 << (bit % 8)
        let error = #expect(throws: ControlError.self) {
            try proof.response(serverHash: hash, serverNonce: serverNonce)
        }
        #expect(error?.kind == .authentication)
    }

    @Test("A proof of another length is refused", arguments: [0, 31, 33])
    func length(count: Int) throws {
        let hash = try #require(Hex.read(serverHash)) + [0]
        #expect(throws: ControlError.self) {
            try proof.response(serverHash: Array(hash.prefix(count)), serverNonce: serverNonce)
        }
        #expect(throws: ControlError.self) {
            try proof.response(
                serverHash: Array(hash.prefix(32)), serverNonce: Array((serverNonce + [0]).prefix(count)))
        }
    }

    @Test("Each connection has a nonce of its own")
    func nonces() {
        #expect(SafeCookie(cookie: []).clientNonce != SafeCookie(cookie: []).clientNonce)
        #expect(SafeCookie(cookie: []).clientNonce.count == 32)
    }
}

import Testing
import TorLink

@Suite("The identities of relays")
struct IdentityTests {
    @Test("An Ed25519 identity is written as it is read", arguments: [UInt8(0), 1, 63, 127, 250, 255])
    func writesWhatItReads(byte: UInt8) throws {
        let identity = try #require(Ed25519Identity((0..<32).map { byte &+ $0 }))
        #expect(identity.description.count == 43)
        #expect(Ed25519Identity(base64: identity.description) == identity)
        #expect(Ed25519Identity(base64: identity.description + "=") == identity)
    }
}

import NetAddress
import Testing

@testable import TorControl

struct RelayIdentityTests {
    static let hex = "9695DFC35FFEB861329B9F1AB04C46397020CE31"

    @Test(
        "All ways of writing an identity are read as the same",
        arguments: [hex, "$" + hex, hex.lowercased(), "9695 DFC3 5FFE B861 329B 9F1A B04C 4639 7020 CE31"])
    func forms(text: String) throws {
        #expect(RelayIdentity(hex: text)?.description == Self.hex)
    }

    @Test(
        "What is not 20 bytes is no identity",
        arguments: ["", "96", hex + "00", "G" + hex.dropFirst(), "é" + hex.dropFirst(2)])
    func refused(text: String) {
        #expect(RelayIdentity(hex: text) == nil)
    }
}

struct ListenerTests {
    @Test(
        "Listeners are read as addresses and sockets",
        arguments: [
            ("", []),
            (
                #""127.0.0.1:9050" "[::1]:9050""#,
                [.endpoint(Endpoint("127.0.0.1:9050")!), .endpoint(Endpoint("[::1]:9050")!)]
            ),
            (#""unix:/run/a \"b\"""#, [.unixSocket(path: #"/run/a "b""#)]),
            ("127.0.0.1:9050", nil),
            (#""localhost:9050""#, nil),
        ] as [(String, [Listener]?)])
    func list(text: String, expected: [Listener]?) {
        #expect(Listener.list(text) == expected)
    }
}

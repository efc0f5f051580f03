import BoxConfiguration
import Foundation
import Testing

@testable import BoxRendering

@Suite("The entrance for the machine's own updates")
struct UpdatesEntranceTests {
    private func text(_ file: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        return try String(contentsOf: root.appending(path: file).standardizedFileURL, encoding: .utf8)
    }

    @Test("apt is sent where tor listens and the airlock keeps watch")
    func samePlace() throws {
        let configuration = try Fixture.configuration("torbox.toml")
        let place = "127.0.0.1:\(Configuration.Tor.updatesPort)"
        #expect(
            try text("System/apt/torbox.conf").matches(of: /Proxy "socks5h:\/\/([0-9.:]+)";/).map(\.1) == [
                Substring(place), Substring(place),
            ])
        #expect(Torrc(configuration).text.contains("\nSocksPort \(place) IsolateDestAddr\n"))
        #expect(
            AirlockFiles(configuration).contents["airlock.nft"]?
                .contains("define updates = \(Configuration.Tor.updatesPort)\n") == true)
    }

    @Test("An image's sources are onion services alone, each with Debian's signature, main and security")
    func sources() throws {
        let stanzas = try text("System/apt/debian.sources").split(separator: "\n\n")
        #expect(stanzas.count == 2)
        for stanza in stanzas {
            #expect(stanza.contains(/\nURIs: http:\/\/[a-z2-7]{56}\.onion\/debian(-security)?\n/))
            #expect(stanza.contains("Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg"))
        }
    }
}

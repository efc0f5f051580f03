import BoxConfiguration
import Testing

@testable import BoxRendering

@Suite("What is rendered for an admin port")
struct AdminPortTests {
    private func configuration(_ pages: String) throws -> Configuration {
        try Configuration.reading(Fixture.text("torbox.toml") + "\n" + pages, file: "torbox.toml")
    }

    @Test("Without one no rule names it, and the pages are on the LAN alone")
    func without() throws {
        let configuration = try configuration("")
        let files = AirlockFiles(configuration).contents
        #expect(files["airlock.nft"]?.contains("$admin") == false && files["admin"] == "")
        #expect(WebArguments(configuration, paths: ServicePaths()).words.count { $0.hasPrefix("--listen=") } == 2)
    }

    @Test("With one the rules and the pages have its address, and the owner's pages can be there alone")
    func with() throws {
        for isOnlyPlace in [false, true] {
            let configuration = try configuration("[pages]\nadmin-interface = \"usb0\"\nonly-there = \(isOnlyPlace)\n")
            let files = AirlockFiles(configuration).contents
            #expect(files["airlock.nft"]?.contains("define admin4 = 10.85.0.1\n") == true && files["admin"] == "usb0\n")
            let words = WebArguments(configuration, paths: ServicePaths()).words
            #expect(words.contains("--listen=10.85.0.1") && words.contains("--owner-at=10.85.0.1") == isOnlyPlace)
        }
    }

    @Test("The computer there is given an address as in the golden files")
    func addresses() throws {
        let configuration = try configuration("[pages]\nadmin-interface = \"usb0\"\n")
        #expect(try NetworkFiles(configuration).contents["05-torbox-admin.network"] == Fixture.text("admin.network"))
        let names = DnsmasqConfiguration(configuration).text
        #expect(try names == Fixture.text("dnsmasq.conf") + Fixture.text("admin.dnsmasq.conf"))
    }

    @Test("dnsmasq takes it")
    func checked() async throws {
        let configuration = try configuration("[pages]\nadmin-interface = \"usb0\"\n")
        try await CheckerTests().checkDnsmasq(configuration)
    }
}

import NetAddress
import Testing

@testable import TorDocuments

@Suite("The directories of the public network")
struct DirectoriesTests {
    @Test("are nine authorities and 200 fallbacks, each once")
    func counts() {
        #expect(PublicDirectories.authorities.count == 9)
        #expect(Authorities.public.identities.count == 9)
        #expect(Authorities.public.majority == 5)
        #expect(Set(PublicDirectories.fallbacks.map(\.identity)).count == 200)
        #expect(PublicDirectories.fallbacks.contains { $0.endpoints.count == 2 })
    }

    @Test("have a source and a date")
    func source() {
        #expect(PublicDirectories.source.hasPrefix("tor 0."))
        #expect(UnixTime("\(PublicDirectories.date) 00:00:00") != nil)
    }
}

@Suite("A line of tor's configuration")
struct DirectoryLineTests {
    private static let digits = "0123456789ABCDEF0123456789ABCDEF01234567"
    private static let spaced = "0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567"

    @Test("names an authority", arguments: [digits, spaced], ["", "name ", "name weight=2 "])
    func authority(fingerprint: String, start: String) throws {
        let line = "\(start)orport=443 v3ident=\(Self.digits) ipv6=[2001:db8::1]:9001 192.0.2.1:80 \(fingerprint)"
        let authority = try #require(DirectoryAuthority(line))
        #expect(authority.identity.description == Self.digits)
        #expect(authority.relayIdentity == authority.identity)
        #expect(authority.endpoints.map(\.description) == ["192.0.2.1:443", "[2001:db8::1]:9001"])
        #expect(authority.directoryEndpoint.description == "192.0.2.1:80")
    }

    @Test(
        "names no authority when a part is missing or broken",
        arguments: [
            "", "name", "name orport=443 192.0.2.1:80 \(digits)", "name v3ident=\(digits) 192.0.2.1:80 \(digits)",
            "name orport=443 v3ident=00 192.0.2.1:80 \(digits)",
            "name orport=0 v3ident=\(digits) 192.0.2.1:80 \(digits)",
            "name orport=443 v3ident=\(digits) 192.0.2.1 \(digits)", "name orport=443 v3ident=\(digits) 192.0.2.1:80",
            "name orport=443 v3ident=\(digits) example.org:80 \(digits)",
            "name orport=443 v3ident=\(digits) ipv6=192.0.2.1:80 192.0.2.1:80 \(digits)",
            "name orport=443 orport=444 v3ident=\(digits) 192.0.2.1:80 \(digits)",
        ])
    func brokenAuthority(line: String) {
        #expect(DirectoryAuthority(line) == nil)
    }

    @Test("names a fallback directory", arguments: ["192.0.2.1", "192.0.2.1:80"])
    func fallback(host: String) throws {
        let fallback = try #require(
            FallbackDirectory("\(host) orport=443 id=\(Self.digits) ipv6=[2001:db8::1]:9001 weight=1"))
        #expect(fallback.identity.description == Self.digits)
        #expect(fallback.endpoints.map(\.description) == ["192.0.2.1:443", "[2001:db8::1]:9001"])
    }

    @Test(
        "names no fallback directory when a part is missing or broken",
        arguments: [
            "", "192.0.2.1", "192.0.2.1 orport=443", "192.0.2.1 id=\(digits)", "orport=443 id=\(digits)",
            "192.0.2.1 orport=65536 id=\(digits)", "192.0.2.1 orport=443 id=xyz", "[::1]:80 orport=443 id=\(digits)",
            "192.0.2.1 192.0.2.2 orport=443 id=\(digits)",
        ])
    func brokenFallback(line: String) {
        #expect(FallbackDirectory(line) == nil)
    }
}

import Foundation
import HostSystem
import NetAddress
import Testing

@testable import BoxDaemon

@Suite("Countries of addresses")
struct CountriesTests {
    private func countries(of addresses: [String], in table: String) throws -> [String?] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "geo-\(UInt64.random(in: 0 ... .max))").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in ["geoip", "geoip6"] {
            try table.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
        }
        return try addresses.compactMap { IPAddress($0) }.map { try Countries(folder: folder).country(of: $0) }
    }

    @Test(
        "Debian's tables know addresses of both families, and none for what nobody has",
        arguments: [
            ("1.0.0.0", "AU"), ("1.0.0.255", "AU"), ("1.0.1.0", "CN"), ("193.0.6.139", "NL"),
            ("0.0.0.0", nil), ("10.0.0.1", nil), ("127.0.0.1", nil), ("198.51.100.7", nil), ("255.255.255.255", nil),
            ("2001:2::", "JP"), ("2001:2:0:ffff:ffff:ffff:ffff:ffff", "JP"), ("2001:2:1::", nil), ("::", nil),
            ("fe80::1", nil), ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", nil),
        ] as [(String, String?)])
    func debian(address: String, country: String?) throws {
        #expect(try Countries().country(of: #require(IPAddress(address))) == country)
    }

    @Test("Every range of Debian's IPv4 table is found by its ends, and the gap behind it is not")
    func ends() throws {
        let table = String(
            decoding: FileManager.default.contents(atPath: "/usr/share/tor/geoip") ?? Data(), as: UTF8.self)
        let ranges = table.split(separator: "\n").filter { $0.first != "#" }.map { $0.split(separator: ",") }
        #expect(ranges.count > 100_000)
        // The first, the last, and some in between.
        for index in [0, 1, ranges.count - 1] + stride(from: 2, to: ranges.count - 1, by: 4_001) {
            let country = ranges[index][2] == "??" ? nil : String(ranges[index][2])
            let (first, last) = (UInt32(ranges[index][0])!, UInt32(ranges[index][1])!)
            for bits in [first, last] {
                #expect(try Countries().country(of: .v4(IPv4Address(bits: bits))) == country)
            }
            if index + 1 < ranges.count, UInt32(ranges[index + 1][0])! > last + 1 {
                #expect(try Countries().country(of: .v4(IPv4Address(bits: last + 1))) == nil)
            }
        }
    }

    @Test(
        "A table that is none has no country for anybody",
        arguments: [
            "", "\n", "# only words\n", "5,4,DE", "0,4294967295,", "0,4294967295,D", "0,4294967295,de",
            "0,4294967295,D\u{e9}",
            "0,4294967296,DE", "-1,9,DE", "0,DE", "0,1,2,DE", "::,::ffff,GERMANY", "0,99,DE\n# end", "\u{0}\u{0}\u{0}",
        ])
    func malformed(table: String) throws {
        #expect(try countries(of: ["192.0.2.1", "2001:db8::1"], in: table) == [nil, nil])
    }

    @Test("Words before the ranges are passed over")
    func preface() throws {
        let table = "# words\n\n# more\n3221225984,3221226239,FR\n"
        let found = try countries(of: ["192.0.1.255", "192.0.2.0", "192.0.2.255", "192.0.3.0"], in: table)
        #expect(found == [nil, "FR", "FR", nil])
    }

    @Test("Where the package is not installed, the error names the file")
    func missing() {
        let error = #expect(throws: HostError.self) {
            try Countries(folder: "/nonexistent").country(of: .v4(IPv4Address(bits: 0)))
        }
        #expect(error?.message.contains("/nonexistent/geoip") == true)
    }
}

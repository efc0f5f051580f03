import Glibc
import NetAddress
import Testing

@testable import Nftables

@Suite("Sets are exchanged as a whole", .enabled(if: getuid() == 0, "needs root"))
struct ExchangeTests {
    /// The tests run side by side.
    private let table = "torbox_exchange_\(UInt32.random(in: 0...UInt32.max))"
    private let nftables: Nftables

    init() throws {
        nftables = try Nftables()
    }

    /// Runs a body with a table of sets of all types, without any rule.
    private func withSets(_ body: () async throws -> Void) async throws {
        try await nftables.run(
            """
            table inet \(table) {
                set places4 { type ipv4_addr . inet_service; }
                set places6 { type ipv6_addr . inet_service; }
                set machines { type ether_addr; }
                set interfaces { type ifname; }
            }
            """)
        do {
            try await body()
        } catch {
            try await nftables.run("delete table inet \(table)")
            throw error
        }
        try await nftables.run("delete table inet \(table)")
    }

    private func listing(of set: String) async throws -> String {
        try await nftables.run("list set inet \(table) \(set)")
    }

    private func content(_ set: String, _ elements: [SetElement]) -> SetContent {
        SetContent("inet \(table) \(set)", elements)
    }

    static let samples: [(set: String, element: SetElement, text: String)] = [
        ("places4", .endpoint(Endpoint("192.0.2.1:443")!), "192.0.2.1 . 443"),
        ("places6", .endpoint(Endpoint("[2001:db8::1]:9001")!), "2001:db8::1 . 9001"),
        ("machines", .hardware(HardwareAddress("02:00:00:00:84:11")!), "02:00:00:00:84:11"),
        ("interfaces", .interface("lan0"), "\"lan0\""),
        ("interfaces", .interface("abcdefghijklmno"), "\"abcdefghijklmno\""),
    ]

    @Test("nft lists each element as what it is, and nothing of the content before", arguments: samples)
    func lists(set: String, element: SetElement, text: String) async throws {
        try await withSets {
            try await nftables.replace([content(set, [element])])
            #expect(try await listing(of: set).contains("elements = { \(text) }"))
            try await nftables.replace([content(set, [])])
            #expect(try await !listing(of: set).contains("elements"))
        }
    }

    @Test("Thousands of elements of several sets change at once")
    func exchangesMany() async throws {
        let halves = (0..<2).map { half in
            (0..<7001).map {
                SetElement.endpoint(Endpoint(.v4(IPv4Address(bits: 0xC612_0000 + UInt32(half * 7001 + $0))), 9))
            }
        }
        try await withSets {
            for half in halves + [halves[0]] {
                try await nftables.replace([content("places4", half), content("interfaces", [.interface("lan0")])])
                #expect(try await listing(of: "places4").split(separator: " . 9").count - 1 == half.count)
            }
        }
    }

    @Test("What the kernel refuses changes no set, and the error names the set")
    func refuses() async throws {
        try await withSets {
            try await nftables.replace([content("places4", [Self.samples[0].element])])
            let before = try await listing(of: "places4")
            for wrong in [content("nowhere", []), content("machines", [Self.samples[0].element])] {
                let error = await #expect(throws: NftablesError.self) {
                    try await nftables.replace([content("places4", []), wrong])
                }
                #expect(error?.message.contains(wrong.set) == true, "\(String(describing: error))")
                #expect(try await listing(of: "places4") == before)
            }
            // The same connection still works.
            try await nftables.replace([content("places4", [])])
            #expect(try await !listing(of: "places4").contains("elements"))
        }
    }
}

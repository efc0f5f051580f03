import NftablesReading
import Testing

@Suite("A set of the kernel's with what it counts")
struct SetListingTests {
    @Test("Each element has its parts, its bytes and its time")
    func reads() throws {
        let listing = try SetListing(
            json: #"""
                {"nftables": [{"metainfo": {"version": "1.0.6"}}, {"set": {"family": "inet", "name": "sent4",
                "table": "torbox", "type": ["ether_addr", "ipv4_addr"], "elem": [
                {"elem": {"val": {"concat": ["02:00:00:00:00:01", "10.84.0.11"]}, "expires": 86399,
                "counter": {"packets": 3, "bytes": 25200000000}}},
                {"elem": {"val": {"concat": ["02:00:00:00:00:01", "198.51.100.1", 9001]}, "expires": 5}},
                "lan0"]}}]}
                """#)
        #expect(listing.elements.map(\.parts.count) == [2, 3, 1])
        #expect(listing.elements.map(\.bytes) == [25_200_000_000, 0, 0])
        #expect(listing.elements.map(\.packets) == [3, 0, 0])
        #expect(listing.elements.map(\.expires) == [86399, 5, .max])
        #expect(listing.elements[1].parts == ["02:00:00:00:00:01", "198.51.100.1", "9001"])
    }

    @Test("A set that holds nothing is empty")
    func empty() throws {
        #expect(try SetListing(json: #"{"nftables": [{"set": {"name": "sent4"}}]}"#).elements.isEmpty)
    }

    @Test(
        "What is no set is refused",
        arguments: ["", "{}", "{\"nftables\":[]}", "{\"nftables\":[{\"set\":{\"elem\":[{}]}}]}"])
    func malformed(json: String) {
        let error = #expect(throws: ReadingError.self) { try SetListing(json: json) }
        #expect(error?.kind == .malformed)
    }
}

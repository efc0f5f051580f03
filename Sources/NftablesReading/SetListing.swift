import FoundationEssentials

/// One set as `nft --json list set` prints it, with what the kernel keeps beside its elements (libnftables-json(5)).
public struct SetListing: Sendable {
    public struct Element: Sendable, Hashable {
        /// The element's parts, one of them unless the set holds tuples.
        public let parts: [String]
        /// What its counter says; 0 where it has none.
        public let bytes: Int
        /// In seconds from now, rounded down; `.max` where the element stays.
        public let expires: Int
    }

    public let elements: [Element]

    /// - Throws: ``ReadingError`` of kind `.malformed`.
    public init(json: String) throws(ReadingError) {
        let listing: JSONValue
        do {
            listing = try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8))
        } catch {
            throw ReadingError(.malformed, "a set of the kernel's: \(error)")
        }
        guard let set = listing["nftables"]?.list?.compactMap({ $0["set"] }).first else {
            throw ReadingError(.malformed, "a set of the kernel's: none is listed")
        }
        var elements: [Element] = []
        for entry in set["elem"]?.list ?? [] {
            let value = entry["elem"]?["val"] ?? entry
            let parts = (value["concat"]?.list ?? [value]).compactMap { $0.text ?? $0.number.map(String.init) }
            guard !parts.isEmpty else { throw ReadingError(.malformed, "a set of the kernel's: cannot read \(entry)") }
            elements.append(
                Element(
                    parts: parts, bytes: entry["elem"]?["counter"]?["bytes"]?.number ?? 0,
                    expires: entry["elem"]?["expires"]?.number ?? .max))
        }
        self.elements = elements
    }
}

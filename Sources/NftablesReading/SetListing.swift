import FoundationEssentials

/// One set as `nft --json list set` prints it, with what the kernel keeps beside its elements (libnftables-json(5)).
public struct SetListing: Sendable {
    public struct Element: Sendable, Hashable {
        /// The element's parts, one of them unless the set holds tuples.
        public let parts: [String]
        /// What its counter says; 0 where it has none.
        public let bytes: Int
        public private(set) var packets = 0
        /// In seconds from now, rounded down; `.max` where the element stays.
        public let expires: Int
    }

    public let elements: [Element]

    /// - Throws: ``ReadingError`` of kind `.malformed`.
    public init(json: String) throws(ReadingError) {
        let listing: Listing
        do {
            listing = try JSONDecoder().decode(Listing.self, from: Data(json.utf8))
        } catch {
            throw ReadingError(.malformed, "a set of the kernel's: \(error)")
        }
        guard let set = listing.nftables.compactMap(\.set).first else {
            throw ReadingError(.malformed, "a set of the kernel's: none is listed")
        }
        elements = set.elem ?? []
    }
}

/// The shape is known here, and a set may be large: ``JSONValue`` would take its time to find out.
private struct Listing: Decodable {
    struct Object: Decodable {
        let set: Content?
    }

    struct Content: Decodable {
        let elem: [SetListing.Element]?
    }

    let nftables: [Object]
}

extension SetListing.Element: Decodable {
    private enum Keys: CodingKey {
        case elem
    }

    private struct Detail: Decodable {
        let val: Key
        let counter: Counter?
        let expires: Int?
    }

    private struct Counter: Decodable {
        let bytes: Int
        let packets: Int
    }

    public init(from decoder: any Decoder) throws {
        guard let members = try? decoder.container(keyedBy: Keys.self), members.contains(.elem) else {
            self.init(parts: try Key(from: decoder).parts, bytes: 0, packets: 0, expires: .max)
            return
        }
        let detail = try members.decode(Detail.self, forKey: .elem)
        self.init(
            parts: detail.val.parts, bytes: detail.counter?.bytes ?? 0, packets: detail.counter?.packets ?? 0,
            expires: detail.expires ?? .max)
    }

    /// A value, or several under the name `concat`.
    private struct Key: Decodable {
        let parts: [String]

        private enum Keys: CodingKey {
            case concat
        }

        init(from decoder: any Decoder) throws {
            if let members = try? decoder.container(keyedBy: Keys.self) {
                parts = try members.decode([Part].self, forKey: .concat).map(\.text)
            } else {
                parts = [try Part(from: decoder).text]
            }
        }
    }

    private struct Part: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) {
                self.text = text
            } else {
                text = String(try value.decode(Int.self))
            }
        }
    }
}

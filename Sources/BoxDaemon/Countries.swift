import HostSystem
import NetAddress

/// In which country an address is, by the tables of Debian's tor-geoipdb.
///
/// tor reads these tables into 33 MB of memory; here a line is looked up in the file when somebody asks.
struct Countries: Sendable {
    let folder: String

    init(folder: String = "/usr/share/tor") {
        self.folder = folder
    }

    /// - Returns: two capital letters (ISO 3166-1); `nil` where the table has no country for the address, or no order.
    /// - Throws: ``HostError`` where the table cannot be read.
    func country(of address: IPAddress) throws(HostError) -> String? {
        let (file, read) =
            switch address {
            case .v4: ("geoip", Self.v4)
            case .v6: ("geoip6", Self.v6)
            }
        // What is no entry is the preface.
        let line = try SortedLines("\(folder)/\(file)").last { line in
            Self.entry(line, read).map { $0.first <= address } ?? true
        }
        guard let entry = line.flatMap({ Self.entry($0, read) }), (entry.first...entry.last).contains(address) else {
            return nil
        }
        return entry.country
    }

    /// Reads `FIRST,LAST,CC`; both ends belong to it.
    private static func entry(
        _ line: String, _ read: (Substring) -> IPAddress?
    ) -> (first: IPAddress, last: IPAddress, country: String?)? {
        let parts = line.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 3, let first = read(parts[0]), let last = read(parts[1]), first <= last else { return nil }
        let isCountry = parts[2].utf8.count == 2 && parts[2].allSatisfy { ("A"..."Z").contains($0) }
        return (first, last, isCountry ? String(parts[2]) : nil)
    }

    /// That table writes addresses as numbers.
    private static func v4(_ text: Substring) -> IPAddress? {
        UInt32(text).map { .v4(IPv4Address(bits: $0)) }
    }

    private static func v6(_ text: Substring) -> IPAddress? {
        IPv6Address(text).map { .v6($0) }
    }
}

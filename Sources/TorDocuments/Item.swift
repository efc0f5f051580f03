/// A keyword line (dir-spec 1.2), for the parts of a document where there are few.
struct Item {
    let keyword: String
    /// What follows the space after the keyword; `nil` where it is no UTF-8 or where nothing follows.
    private let rest: String?

    /// Reads a line; `nil` where it does not begin with a keyword.
    init?(_ line: Span<UInt8>) {
        var end = 0
        while end < line.count, line[end] != UInt8(ascii: " "), line[end] != UInt8(ascii: "\t") {
            guard line[end].isKeywordCharacter else { return nil }
            end += 1
        }
        guard end > 0, line[0] != UInt8(ascii: "-"), let keyword = line.extracting(..<end).text else { return nil }
        self.keyword = keyword
        rest = end < line.count ? line.extracting((end + 1)...).text : nil
    }

    /// The arguments, each one space apart; an empty list where there is none.
    var arguments: [Substring] {
        rest.map { $0.isEmpty ? [] : $0.split(separator: " ", omittingEmptySubsequences: false) } ?? []
    }

    /// The two arguments of a date line as one moment.
    var time: UnixTime? {
        let arguments = arguments
        return arguments.count >= 2 ? UnixTime("\(arguments[0]) \(arguments[1])") : nil
    }
}

extension UInt8 {
    fileprivate var isKeywordCharacter: Bool {
        switch self {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }
}

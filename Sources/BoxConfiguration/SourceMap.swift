/// Where each key and each list element of a TOML document stands.
///
/// The document must have been accepted by a TOML parser before: this scanner finds places, it does not judge. Whatever
/// the text, it ends.
struct SourceMap {
    struct Place: Sendable, Equatable {
        /// From 1.
        let line: Int
        /// The value, or the table's header, as it stands in the file.
        let text: String
    }

    /// By path; a list element's last part is its index in brackets, such as `["tor", "authorities", "[0]"]`.
    private(set) var places: [[String]: Place] = [:]
    private var scanner: TOMLScanner

    init(_ document: String) {
        scanner = TOMLScanner(document)
        var table: [String] = []
        scanner.skipToContent()
        while let byte = scanner.next {
            if byte == UInt8(ascii: "[") {
                table = header()
            } else {
                pair(in: table)
            }
            scanner.skipToContent()
        }
    }

    /// The place of a path, or of the closest table around it; line 1 where there is none.
    func line(of path: [String]) -> Int {
        var path = path
        while !path.isEmpty {
            if let place = places[path] { return place.line }
            path.removeLast()
        }
        return 1
    }

    private mutating func header() -> [String] {
        let line = scanner.line
        let start = scanner.position
        scanner.skip { $0 == UInt8(ascii: "[") }
        let path = scanner.keyPath()
        scanner.skipBlanks()
        scanner.skip { $0 == UInt8(ascii: "]") }
        note(path, Place(line: line, text: scanner.text(from: start)))
        return path
    }

    private mutating func pair(in table: [String]) {
        let line = scanner.line
        let path = table + scanner.keyPath()
        scanner.skipBlanks()
        scanner.advance()  // The equals sign.
        scanner.skipBlanks()
        let start = scanner.position
        value(of: path)
        note(path, Place(line: line, text: scanner.text(from: start)))
    }

    private mutating func value(of path: [String]) {
        switch scanner.next {
        case UInt8(ascii: "["):
            scanner.advance()
            var index = 0
            scanner.skipToContent()
            while let byte = scanner.next, byte != UInt8(ascii: "]") {
                let line = scanner.line
                let start = scanner.position
                let element = path + ["[\(index)]"]
                value(of: element)
                note(element, Place(line: line, text: scanner.text(from: start)))
                index += 1
                scanner.skipSeparator()
            }
            scanner.advance()
        case UInt8(ascii: "{"):
            scanner.advance()
            scanner.skipToContent()
            while let byte = scanner.next, byte != UInt8(ascii: "}") {
                pair(in: path)
                scanner.skipSeparator()
            }
            scanner.advance()
        default:
            scanner.skipScalar()
        }
    }

    /// Notes a path and the tables that it implies; the first mention of a table is its place.
    private mutating func note(_ path: [String], _ place: Place) {
        for length in 1...max(path.count, 1) where places[Array(path.prefix(length))] == nil {
            places[Array(path.prefix(length))] = place
        }
    }
}

/// A form with files as browsers send it (RFC 7578), read strictly: what no browser writes is no form.
struct MultipartForm {
    private(set) var fields: [String: String] = [:]
    private(set) var files: [String: [UInt8]] = [:]

    /// More than any page has.
    private static let mostParts = 8

    /// - Returns: `nil` where something else was sent, or a name twice.
    init?(_ body: [UInt8], contentType: String) {
        let parts = contentType.split(separator: "boundary=", maxSplits: 1)
        guard contentType.hasPrefix("multipart/form-data;"), parts.count == 2 else { return nil }
        let boundary = parts[1]
        guard (1...70).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy({ Self.isLetter($0) || $0 == UInt8(ascii: "-") })
        else { return nil }
        let mark = Array("\r\n--\(boundary)".utf8)
        // The first mark stands at the very beginning, without the line's end before it.
        var rest = (Array("\r\n".utf8) + body)[...]
        guard let start = Self.find(mark, in: rest), start == rest.startIndex else { return nil }
        rest = rest.dropFirst(mark.count)
        for _ in 0..<Self.mostParts {
            if rest.starts(with: "--".utf8) { return }
            guard rest.starts(with: "\r\n".utf8), let end = Self.find(mark, in: rest),
                add(part: rest.dropFirst(2)[..<end])
            else { return nil }
            rest = rest[end...].dropFirst(mark.count)
        }
        return nil
    }

    private mutating func add(part: ArraySlice<UInt8>) -> Bool {
        let gap = Array("\r\n\r\n".utf8)
        guard let end = Self.find(gap, in: part), let head = String(validating: part[..<end], as: UTF8.self) else {
            return false
        }
        let content = part[end...].dropFirst(gap.count)
        let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-disposition:") }
        guard let line, let name = Self.value("name", in: line), fields[name] == nil, files[name] == nil else {
            return false
        }
        if Self.value("filename", in: line) != nil {
            files[name] = Array(content)
        } else {
            guard let text = String(validating: content, as: UTF8.self) else { return false }
            fields[name] = text
        }
        return true
    }

    /// What stands in quotes behind a name: browsers write a quote inside it as `%22`.
    private static func value(_ name: String, in line: Substring) -> String? {
        let parts = line.split(separator: "; \(name)=\"", maxSplits: 1)
        guard parts.count == 2, let end = parts[1].firstIndex(of: "\"") else { return nil }
        return String(parts[1][..<end])
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private static func find(_ mark: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= mark.count else { return nil }
        return (bytes.startIndex...(bytes.endIndex - mark.count)).first {
            bytes[$0] == mark[0] && bytes[$0...].starts(with: mark)
        }
    }
}

/// Goes through a directory document line by line and knows where it is, for the reasons of a refusal.
///
/// It holds places alone; the document is passed to each call.
struct LineReader {
    /// What the document is, as the messages call it.
    let kind: String
    /// The number of the line last read; the first is 1.
    private(set) var number = 0
    /// Where the line last read begins.
    private(set) var start = 0
    /// Where the next line begins.
    private(set) var next = 0

    /// Refuses what no directory document can be, before anything is read of it.
    init(_ kind: String, _ document: Span<UInt8>, atMost limit: Int) throws(DocumentError) {
        self.kind = kind
        guard document.count <= limit else {
            throw DocumentError(.oversized, "\(kind): \(document.count) bytes, where \(limit) are the most")
        }
        if document.isEmpty { throw DocumentError(.malformed, "\(kind): empty") }
        if let place = document.firstIndex(of: 0) {
            throw DocumentError(.malformed, "\(kind), byte \(place): a zero byte; the file is damaged")
        }
    }

    /// The next line without its end; `nil` after the last one.
    mutating func line(of document: Span<UInt8>) throws(DocumentError) -> Range<Int>? {
        start = next
        guard next < document.count else { return nil }
        number += 1
        guard let end = document.firstIndex(of: UInt8(ascii: "\n"), from: next) else {
            throw malformed("the last line has no end: truncated")
        }
        next = end + 1
        if end > start, document[end - 1] == UInt8(ascii: "\r") {
            throw malformed("a carriage return before the line end; the file was converted")
        }
        return start..<end
    }

    /// Makes the line last read the next one again: it belongs to the part that follows.
    mutating func stepBack() {
        next = start
        number -= 1
    }

    /// The next line as a keyword and arguments; `nil` after the last line.
    mutating func item(of document: Span<UInt8>) throws(DocumentError) -> Item? {
        guard let range = try line(of: document) else { return nil }
        guard let item = Item(document.extracting(range)) else { throw malformed("no keyword") }
        return item
    }

    /// The object that must follow the item last read: base64 between a BEGIN and an END line of one of those names.
    mutating func object(_ names: StaticString..., in document: Span<UInt8>) throws(DocumentError) -> [UInt8] {
        // Keys and signatures of 16384 bits, the most that OpenSSL takes, fit twice.
        let longest = 4096
        guard let first = try line(of: document) else { throw malformed("an object is missing: truncated") }
        let begin = document.extracting(first)
        guard let name = names.first(where: { begin.isEncapsulation("BEGIN", $0) }) else {
            throw malformed("an object of another kind than the item demands")
        }
        var decoder = Base64Decoder()
        while let range = try line(of: document) {
            let line = document.extracting(range)
            if line.isEncapsulation("END", name) {
                guard decoder.isWhole else { throw malformed("the object is no whole base64") }
                return decoder.bytes
            }
            guard decoder.take(line) else { throw malformed("an object holds something that is no base64") }
            guard decoder.bytes.count <= longest else {
                throw DocumentError(.oversized, "\(kind), line \(number): the object is longer than \(longest) bytes")
            }
        }
        throw malformed("an object has no end: truncated")
    }

    /// The refusal of the line last read.
    func malformed(_ reason: String) -> DocumentError {
        DocumentError(.malformed, "\(kind), line \(number): \(reason)")
    }
}

extension Span<UInt8> {
    fileprivate func isEncapsulation(_ verb: StaticString, _ name: StaticString) -> Bool {
        text == "-----\(verb) \(name)-----"
    }
}

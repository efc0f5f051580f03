/// Turns the bytes that tor sends into replies, however the stream is cut (control-spec 2.3).
///
/// It does no I/O. After it has thrown it throws the same again: no one can say where the next reply would begin.
public struct ReplyParser: Sendable {
    /// Sizes in bytes beyond which input is an error, so that no sender can fill the memory.
    public struct Limits: Sendable {
        /// One line without its line end.
        public var line: Int
        /// All lines of one reply with their data and line ends.
        public var reply: Int

        /// The usual sizes leave room for a consensus of three times today's size in one reply.
        public init(line: Int = 64 << 10, reply: Int = 16 << 20) {
            self.line = line
            self.reply = reply
        }
    }

    private let limits: Limits
    private var line: [UInt8] = []
    private var lines: [Reply.Line] = []
    private var firstCode: Int?
    private var data: [UInt8]?
    private var size = 0
    private var failure: ControlError?

    public init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Takes the next bytes and returns the replies that they complete, in order.
    ///
    /// - Throws: ``ControlError`` of kind `.malformed` with the reason; replies completed by the same bytes are lost.
    public mutating func consume(_ bytes: [UInt8]) throws(ControlError) -> [Reply] {
        if let failure { throw failure }
        do {
            return try split(bytes)
        } catch {
            failure = error
            throw error
        }
    }

    private mutating func split(_ bytes: [UInt8]) throws(ControlError) -> [Reply] {
        var replies: [Reply] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: .lineFeed) {
            try gather(rest[..<end])
            rest = rest[(end + 1)...]
            guard line.popLast() == .carriageReturn else { throw malformed("a line feed without a carriage return") }
            let complete = line
            line.removeAll(keepingCapacity: true)
            if let reply = try take(complete) { replies.append(reply) }
        }
        try gather(rest)
        return replies
    }

    private mutating func gather(_ bytes: ArraySlice<UInt8>) throws(ControlError) {
        // One more than the limit: the carriage return is still among them.
        guard line.count + bytes.count <= limits.line + 1 else {
            throw malformed("a line of more than \(limits.line) bytes")
        }
        line.append(contentsOf: bytes)
    }

    private mutating func take(_ line: [UInt8]) throws(ControlError) -> Reply? {
        // With its line end: lines of nothing fill the memory too.
        size += line.count + 2
        guard size <= limits.reply else { throw malformed("a reply of more than \(limits.reply) bytes") }
        if data != nil {
            takeData(line)
            return nil
        }
        let code = try statusCode(line)
        let text = String(decoding: line[4...], as: UTF8.self)
        switch line[3] {
        case .hyphen:
            lines.append(Reply.Line(text: text))
        case .plus:
            lines.append(Reply.Line(text: text))
            data = []
        case .space:
            defer { reset() }
            return Reply(code: code, lines: lines + [Reply.Line(text: text)])
        case let other:
            throw malformed("byte \(other) after the status code instead of a space, a hyphen or a plus")
        }
        return nil
    }

    private mutating func takeData(_ line: [UInt8]) {
        if line == [.dot] {
            // Each data line came with its line feed; the last one ends the section rather than a line of it.
            if data?.last == .lineFeed { data?.removeLast() }
            lines[lines.count - 1].data = data
            data = nil
        } else {
            data?.append(contentsOf: line.first == .dot ? line[1...] : line[...])
            data?.append(.lineFeed)
        }
    }

    private mutating func statusCode(_ line: [UInt8]) throws(ControlError) -> Int {
        guard line.count >= 4, line[..<3].allSatisfy({ (.zero...(.nine)).contains($0) }), line[0] != .zero else {
            throw malformed("a line that does not begin with a status code")
        }
        let code = line[..<3].reduce(0) { $0 * 10 + Int($1 - .zero) }
        if let firstCode, (firstCode / 100 == 6) != (code / 100 == 6) {
            throw malformed("an event in the middle of an answer, or the reverse")
        }
        firstCode = firstCode ?? code
        return code
    }

    private mutating func reset() {
        lines = []
        firstCode = nil
        size = 0
    }

    private func malformed(_ reason: String) -> ControlError {
        ControlError(.malformed, "tor's control socket sent \(reason); is it tor that listens there?")
    }
}

extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let hyphen = UInt8(ascii: "-")
    static let plus = UInt8(ascii: "+")
    static let dot = UInt8(ascii: ".")
    fileprivate static let zero = UInt8(ascii: "0")
    fileprivate static let nine = UInt8(ascii: "9")
}

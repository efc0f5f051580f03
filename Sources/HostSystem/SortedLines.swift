import Glibc

/// A text file with its lines in order, in which one is found without reading the others.
public struct SortedLines: Sendable {
    public let path: String
    /// In bytes.
    public static let longestLine = 256

    public init(_ path: String) {
        self.path = path
    }

    /// The last of the lines that come first, by some twenty looks into a file of millions.
    ///
    /// - Parameter comesFirst: true for every line up to some place and false behind it. In a file that is in no such
    ///   order any of its lines may be found.
    /// - Throws: ``HostError`` of kind `.file`, also for a line that is too long.
    public func last(where comesFirst: (String) -> Bool) throws(HostError) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw HostError(.file, path, errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw HostError(.file, path, errno: errno) }
        var found: String?
        // Lines that begin before `low` come first, those that begin at `high` or after do not.
        var (low, high) = (0, Int(status.st_size))
        while low < high {
            let middle = low + (high - low) / 2
            guard let line = try line(from: middle, descriptor), line.start < high else {
                high = middle
                continue
            }
            if comesFirst(line.text) {
                found = line.text
                low = line.end
            } else {
                high = middle
            }
        }
        return found
    }

    /// The first line that begins at the place or after it, and where the next one begins.
    private func line(from place: Int, _ descriptor: Int32) throws(HostError) -> (start: Int, end: Int, text: String)? {
        // From the byte before: it may be the end of the line before.
        let origin = max(0, place - 1)
        var bytes = [UInt8](repeating: 0, count: 2 * Self.longestLine + 3)
        var count: Int
        repeat { count = pread(descriptor, &bytes, bytes.count, off_t(origin)) } while count < 0 && errno == EINTR
        guard count >= 0 else { throw HostError(.file, path, errno: errno) }
        let isWhole = count < bytes.count
        let read = bytes[..<count]
        let newline = UInt8(ascii: "\n")
        var rest = read
        if place > 0 {
            guard let before = read.firstIndex(of: newline) else {
                if isWhole { return nil }
                throw tooLong
            }
            rest = read[(before + 1)...]
        }
        guard !rest.isEmpty else { return nil }
        let end = rest.firstIndex(of: newline)
        guard end != nil || isWhole else { throw tooLong }
        let text = rest[..<(end ?? rest.endIndex)]
        return (origin + text.startIndex, origin + text.endIndex + 1, String(decoding: text, as: UTF8.self))
    }

    private var tooLong: HostError {
        HostError(
            .file, "\(path): a line of more than \(Self.longestLine) bytes; install the package anew that it is from")
    }
}

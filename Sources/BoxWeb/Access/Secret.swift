/// A random text that nobody can guess: 256 bits in hexadecimal digits.
struct Secret: Hashable, Sendable {
    let text: String

    init() {
        var random = SystemRandomNumberGenerator()
        text = (0..<4).map { _ in
            let digits = String(random.next(), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Whether somebody said exactly this; takes as long for a near miss as for any other.
    func equals(_ said: String?) -> Bool {
        guard let said, said.utf8.count == text.utf8.count else { return false }
        return zip(said.utf8, text.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension Secret: CustomStringConvertible {
    var description: String { "a secret" }
}

import Foundation

/// Parts of a document as text, from which tests make damaged ones.
extension String {
    /// The first line that begins so, without its end.
    func line(_ beginning: String) -> String {
        String(split(separator: "\n").first { $0.hasPrefix(beginning) }!)
    }

    /// The same without the first line that begins so.
    func without(line beginning: String) -> String {
        replacingOccurrences(of: line(beginning) + "\n", with: "")
    }

    /// Everything before the first occurrence of the text, with a line end.
    func head(before text: String) -> String {
        self[..<range(of: text)!.lowerBound] + "\n"
    }

    /// The nth word of the first line, counted from 0.
    func word(_ number: Int) -> String {
        String(split { $0 == " " || $0 == "\n" }[number])
    }

    var withoutLastWord: String {
        String(self[..<lastIndex(of: " ")!])
    }

    /// The entries of all relays, each with its line ends.
    var relayEntries: [String] {
        let start = range(of: "\nr ")!.lowerBound
        let end = range(of: "\ndirectory-footer")!.lowerBound
        return self[start..<end].components(separatedBy: "\nr ").dropFirst().map { "r \($0)\n" }
    }

    /// The signature items, each with its object.
    var signatures: [String] {
        components(separatedBy: "\ndirectory-signature ").dropFirst().map { part in
            "directory-signature " + part.trimmingCharacters(in: .newlines) + "\n"
        }
    }

    /// The same document with exactly these signatures.
    func signed(_ signatures: [String]) -> String {
        head(before: "\ndirectory-signature ") + signatures.joined()
    }

    /// The document with so many relays in place of its own.
    func manyRelays(_ count: Int) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let entries = (0..<count).map { number in
            let digits = [18, 12, 6, 0].map { alphabet[number >> $0 & 63] }
            return "r x \(String(digits))AAAAAAAAAAAAAAAAAAAAAAA 2038-01-01 00:00:00 192.0.2.1 443 0\ns Valid\n"
        }
        return head(before: "\nr ") + entries.joined() + self[range(of: "directory-footer")!.lowerBound...]
    }

    /// The document with so many authorities in place of its own.
    func manyVoters(_ count: Int) -> String {
        let voters = (0..<count).map { number in
            let digits = String(number + 0x1000, radix: 16)
            return "dir-source x \(digits)000000000000000000000000000000000000 host 192.0.2.1 80 443\n"
        }
        return head(before: "\ndir-source") + voters.joined() + self[range(of: "directory-footer")!.lowerBound...]
    }
}

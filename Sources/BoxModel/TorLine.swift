import NetAddress

/// A further line for tor's configuration, of the options that an owner may set.
public struct TorLine: Hashable, Sendable {
    /// As tor's manual writes it.
    public let option: String
    public let value: String

    /// The longest text that is read, in bytes.
    static let lengthLimit = 2500

    /// Reads `OPTION VALUE`, the option in any case.
    ///
    /// - Throws: ``TorLineError`` where the option is not in ``TorLineOption/allowed`` or does not take the value.
    public init(_ text: some StringProtocol) throws(TorLineError) {
        guard text.utf8.count <= Self.lengthLimit else { throw TorLineError(.tooLong) }
        guard text.utf8.allSatisfy(Self.isAllowed) else { throw TorLineError(.character) }
        let words = text.split { $0 == " " }.map { String($0) }
        guard let name = words.first else { throw TorLineError(.empty) }
        guard let option = TorLineOption.allowed.first(where: { $0.name.lowercased() == name.lowercased() }) else {
            throw TorLineError(.option(Self.looksLikeOption(name) ? name : nil))
        }
        guard let value = option.values.read(words.dropFirst()) else { throw TorLineError(.value(option)) }
        self.option = option.name
        self.value = value
    }

    /// The whole line as it stands in torrc, without its end.
    public var text: String { "\(option) \(value)" }

    /// Whether tor needs its table of countries for it.
    public var namesCountries: Bool { value.contains("{") }

    /// Nothing that means something else in torrc: no line break, quote, `#`, backslash or percent sign.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: " .,:;[]{}?*=+/-_$@".utf8.contains(byte)
        }
    }

    /// What is shown again: something else could be a password that slipped into this field.
    private static func looksLikeOption(_ name: String) -> Bool {
        name.utf8.count <= 40 && name.allSatisfy { $0.isASCII && $0.isLetter } && name.first?.isUppercase == true
    }
}

extension TorLineOption.Values {
    /// The value in the form that tor gets; `nil` where it is none of these.
    fileprivate func read(_ words: ArraySlice<String>) -> String? {
        switch self {
        case .words(let known):
            let word = words.joined(separator: " ").lowercased()
            return known.contains(word) ? word : nil
        case .number(let range):
            return words.count == 1
                ? words.first.flatMap { Int($0) }.flatMap { range.contains($0) ? "\($0)" : nil } : nil
        case .duration(let range):
            return Self.seconds(words).flatMap { range.contains($0) ? "\($0) seconds" : nil }
        case .relays: return Self.list(words, of: Self.isRelay)
        case .hosts: return Self.list(words, of: Self.isHost)
        case .ports: return Self.list(words) { UInt16($0).map { $0 > 0 } ?? false }
        }
    }

    private static func seconds(_ words: ArraySlice<String>) -> Int? {
        guard (1...2).contains(words.count), let count = words.first.flatMap({ UInt32($0) }) else { return nil }
        switch words.count == 2 ? words.last : nil {
        case nil, "second", "seconds": return Int(count)
        case "minute", "minutes": return Int(count) * 60
        case "hour", "hours": return Int(count) * 3600
        case "day", "days": return Int(count) * 86_400
        default: return nil
        }
    }

    private static func list(_ words: ArraySlice<String>, of isElement: (Substring) -> Bool) -> String? {
        let elements = words.joined(separator: " ").split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimming(" ") }
        return elements.count <= 50 && elements.allSatisfy(isElement) ? elements.joined(separator: ",") : nil
    }

    private static func isRelay(_ text: Substring) -> Bool {
        if text.first == "{", text.last == "}" {
            let country = text.dropFirst().dropLast()
            return country == "??" || CountryCode(country) != nil
        }
        if text.utf8.count == 40 { return text.allSatisfy(\.isHexDigit) }
        guard let network = Network(text.contains("/") ? text : text + "/32") else { return false }
        if case .v4 = network.address { return true } else { return false }
    }

    private static func isHost(_ text: Substring) -> Bool {
        let labels = (text.first == "." ? text.dropFirst() : text).split(
            separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-"
                    && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
            }
    }
}

extension Substring {
    fileprivate func trimming(_ blank: Character) -> Substring {
        let start = drop { $0 == blank }
        return start.lastIndex { $0 != blank }.map { start[...$0] } ?? start
    }
}

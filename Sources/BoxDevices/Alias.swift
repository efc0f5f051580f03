/// The name that the owner gave a device: fit for a line of a terminal, a log and a web page.
public struct Alias: Hashable, Sendable {
    public let text: String

    /// Reads a name of 1...32 letters, digits, spaces and `-_.'`, which neither begins nor ends with a space.
    ///
    /// - Throws: ``DeviceError`` of kind `.badAlias`; `device 3` and its like are the box's own names.
    public init(_ text: String) throws(DeviceError) {
        guard (1...32).contains(text.count), text.utf8.count <= 128, text.first != " ", text.last != " ",
            text.unicodeScalars.allSatisfy(Self.isAllowed), text.contains(where: { $0.isLetter || $0.isNumber })
        else {
            throw DeviceError(
                .badAlias, "a device's name has 1 to 32 letters, digits, spaces or -_.' and no space at either end")
        }
        guard DefaultName(text) == nil else {
            throw DeviceError(.badAlias, "\"\(text)\" is a name that the box gives by itself; take another one")
        }
        self.text = text
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        return properties.isAlphabetic || properties.numericType != nil || " -_.'".unicodeScalars.contains(scalar)
            // Accents written apart.
            || properties.generalCategory == .nonspacingMark
    }
}

/// What a device is called until the owner names it; it tells nothing of the device.
struct DefaultName: Hashable {
    let number: Int

    init(number: Int) {
        self.number = number
    }

    /// Reads `device 3`, in any case and with any spaces between.
    init?(_ text: String) {
        let words = text.lowercased().split(separator: " ")
        guard words.count == 2, words[0] == "device", let number = Int(words[1]), number > 0 else { return nil }
        self.number = number
    }

    var text: String { "device \(number)" }
}

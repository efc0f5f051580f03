import BoxModel

extension Settings.WiFi {
    /// What a telephone's camera joins the network by, as the text of a QR code.
    ///
    /// Nothing is put in quotation marks, which some readers would take for a part of the name.
    var joining: String {
        // By scalars: an accent that follows a semicolon makes one character with it, and hides it.
        func escaped(_ text: String) -> String {
            text.unicodeScalars.map { "\\;,\":".unicodeScalars.contains($0) ? "\\\($0)" : "\($0)" }.joined()
        }
        return "WIFI:T:WPA;S:\(escaped(name));P:\(escaped(password));;"
    }

    /// Twenty letters by lot in groups, none of which looks like another or like a digit.
    static func proposedPassword() -> String {
        let letters = Array("abcdefghjkmnpqrstuvwxyz")
        return (0..<4).map { _ in String((0..<5).map { _ in letters.randomElement()! }) }.joined(separator: "-")
    }
}

import BoxModel

extension Settings {
    /// The owner's file, whole: every key that it may hold, so that none of the machine's file shows through.
    ///
    /// Nothing is judged here: whatever was typed stands in its own string, and the reading of the file refuses it or
    /// takes it.
    public var toml: String {
        """
        # Written by torboxd when the owner changes a setting, each time anew; these keys win over those of torbox.toml.
        [wifi]
        name = \(Self.text(wifi?.name ?? ""))
        password = \(Self.text(wifi?.password ?? ""))

        [tor]
        reachable-ports = [\(reachablePorts.map(String.init).joined(separator: ", "))]
        entry-countries = \(Self.list(entryCountries))
        exit-countries = \(Self.list(exitCountries))
        further-lines = \(Self.list(furtherTorLines))

        [bridges]
        lines = \(Self.list(bridges))

        [proxy]
        kind = \(Self.text(proxy?.kind ?? "none"))
        address = \(Self.text(proxy?.address ?? ""))
        user = \(Self.text(proxy?.user ?? ""))
        password = \(Self.text(proxy?.password ?? ""))

        [own-tor]
        policy = \(Self.text(ownTorPolicy))
        guests-choose = \(guestsChooseOwnTor)

        [pages]
        refused-places = \(notesPlaces)

        """
    }

    private static func list(_ texts: [String]) -> String {
        texts.isEmpty ? "[]" : "[\n" + texts.map { "    \(text($0)),\n" }.joined() + "]"
    }

    private static func text(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            // The parser's texts end at a NUL, and what was typed would seem to be less. No key takes the other either.
            case "\0": quoted += #"\u0001"#
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                let digits = String(scalar.value, radix: 16, uppercase: true)
                quoted += #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

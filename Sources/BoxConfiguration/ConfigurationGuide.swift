/// The page that explains the configuration file, made from the schema so that it cannot fall behind.
public enum ConfigurationGuide {
    /// The whole of `docs/configuration.md`, ending with a line feed.
    public static var markdown: String {
        """
        # The configuration file

        <!-- Made from the schema in Sources/BoxConfiguration: `torboxd --print-configuration-guide` prints it. -->

        `/etc/torbox/torbox.toml` holds every decision that can be taken about the box, as [TOML](https://toml.io). \
        It is read as a whole: with one mistake in it nothing is changed, the box stays closed, and every mistake is \
        reported at once with its line. `torboxd --check FILE` does the same without touching anything: it exits with \
        0, or prints the mistakes and exits with 78.

        What the owner changes while the box runs stands in a second file, `/var/lib/torbox/settings.toml`, which \
        torboxd writes. Each key that stands there wins over the same key of `torbox.toml`, which is then not even \
        looked at; the file holds all keys that are marked here as settings, and no others. Both files are read, and \
        checked, as one. Without the second file `torbox.toml` says everything.

        A key that is not described here is a mistake. Each file may have up to \(Document.sizeLimit >> 10) KiB.

        ## The smallest file

        ```toml
        \(smallestFile)```

        """ + Schema.tables.map(section).joined()
    }

    /// The keys that have no default, with their examples.
    static var smallestFile: String {
        let required = Schema.tables.map { table in (table.name, table.entries.filter { $0.standard == nil }) }
        return required.filter { !$0.1.isEmpty }
            .map { name, entries in
                "[\(name)]\n" + entries.map { "\($0.name) = \($0.example)\n" }.joined()
            }
            .joined(separator: "\n")
    }

    private static func section(_ table: Schema.Table) -> String {
        "\n## `[\(table.name)]`\n\n\(table.explanation)\n" + table.entries.map(paragraph).joined()
    }

    private static func paragraph(_ entry: KeyEntry) -> String {
        let standard = entry.standard.map { "Default: `\($0)`." } ?? "Required."
        return """

            ### `\(entry.name)`

            \(entry.explanation)

            - \(standard)
            - Allowed: \(entry.values).
            - Example: `\(entry.name) = \(entry.example)`
            \(entry.isSetting ? "- A setting: the owner may change it while the box runs.\n" : "")
            """
    }
}

import ArgumentParser
import FoundationEssentials
import Glibc

/// For whom a command prints.
struct Telling: ParsableArguments {
    @Flag(help: "For programs: JSON, also where the box refuses.")
    var json = false

    /// Prints an answer for a program, or else for a person.
    func print(_ answer: some Encodable, _ words: String) throws {
        Swift.print(json ? try Self.encode(answer) : words)
    }

    func fail(_ code: ExitCode, _ message: String) -> ExitCode {
        say("torbox: \(message)", ["error": message])
        return code
    }

    /// Says what went wrong.
    func say(_ words: String, _ forPrograms: some Encodable) {
        let text = (json ? (try? Self.encode(forPrograms)) ?? words : words) + "\n"
        write(STDERR_FILENO, text, text.utf8.count)
    }

    private static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

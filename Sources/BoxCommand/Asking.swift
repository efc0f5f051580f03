import ArgumentParser
import BoxAPI
import Foundation

/// What every command takes: where to ask, and for whom to print.
public struct Asking: ParsableArguments {
    @Flag(help: "For programs: JSON, also where the box refuses.")
    var json = false

    @Option(help: ArgumentHelp("torboxd's socket.", valueName: "path"))
    var socket = "/run/torbox/api.sock"

    public init() {}

    /// Asks torboxd and returns its answer.
    ///
    /// - Throws: `ExitCode`, after the reason was said, where there is none or it is a refusal.
    func ask(_ request: Request) async throws -> Reply {
        do {
            let reply = try await APIClient(path: socket).ask(request)
            guard case .refused(let refusal) = reply else { return reply }
            throw fail(refusal)
        } catch let error as APIError {
            throw fail(error.kind == .notAdmitted ? .notAdmitted : .unavailable, error.message)
        }
    }

    /// Prints an answer for a program, or else for a person.
    func print(_ answer: some Encodable, _ words: String) throws {
        Swift.print(json ? try Self.encode(answer) : words)
    }

    /// torboxd answered another question: it is another version.
    func unexpected() -> ExitCode {
        fail(.unavailable, "torboxd answered something else; restart it, so that it is of this program's version")
    }

    private func fail(_ refusal: Refusal) -> ExitCode {
        let code = refusal.kind == .notAdmitted ? ExitCode.notAdmitted : .refused
        guard let mistakes = refusal.mistakes else { return fail(code, refusal.message) }
        say(
            mistakes.map(\.words).joined(separator: "\n"),
            MistakesForPrograms(error: refusal.message, mistakes: mistakes))
        return code
    }

    private func fail(_ code: ExitCode, _ message: String) -> ExitCode {
        say("torbox: \(message)", ["error": message])
        return code
    }

    /// Says what went wrong.
    private func say(_ words: String, _ forPrograms: some Encodable) {
        let text = json ? (try? Self.encode(forPrograms)) ?? words : words
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    private static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

extension ExitCode {
    static let refused = ExitCode(1)
    static let notOpen = ExitCode(3)
    /// sysexits.h, EX_UNAVAILABLE.
    static let unavailable = ExitCode(69)
    /// sysexits.h, EX_NOPERM.
    static let notAdmitted = ExitCode(77)
}

private struct MistakesForPrograms: Encodable {
    let error: String
    let mistakes: [Refusal.Mistake]
}

extension Refusal.Mistake {
    /// One line, as `torboxd --check` has it.
    fileprivate var words: String { "\(key): found \(found); allowed: \(allowed)" }
}

import ArgumentParser
import BoxAPI

/// What every command takes: where to ask, and for whom to print.
public struct Asking: ParsableArguments {
    @OptionGroup var telling: Telling

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
            throw telling.fail(error.kind == .notAdmitted ? .notAdmitted : .unavailable, error.message)
        }
    }

    /// Prints an answer for a program, or else for a person.
    func print(_ answer: some Encodable, _ words: String) throws {
        try telling.print(answer, words)
    }

    /// torboxd answered another question: it is another version.
    func unexpected() -> ExitCode {
        telling.fail(
            .unavailable, "torboxd answered something else; restart it, so that it is of this program's version")
    }

    private func fail(_ refusal: Refusal) -> ExitCode {
        let code = refusal.kind == .notAdmitted ? ExitCode.notAdmitted : .refused
        guard let mistakes = refusal.mistakes else { return telling.fail(code, refusal.message) }
        telling.say(
            mistakes.map(\.words).joined(separator: "\n"),
            MistakesForPrograms(error: refusal.message, mistakes: mistakes))
        return code
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

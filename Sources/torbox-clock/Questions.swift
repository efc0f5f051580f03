import BoxTime
import Glibc

/// The relays to ask, from standard input.
enum Questions {
    /// Far more than ``ClockQuestion/most`` lines take.
    private static let mostBytes = 16_384

    static func read() throws(Refusal) -> [ClockQuestion] {
        var input: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(STDIN_FILENO, &piece, piece.count)
            guard count >= 0 || errno == EINTR else {
                throw Refusal(code: Refusal.machine, message: "standard input: \(String(cString: strerror(errno)))")
            }
            if count == 0 { break }
            input += piece.prefix(max(0, count))
            guard input.count <= mostBytes else { throw refused("more than \(mostBytes) bytes on standard input") }
        }
        let lines = String(decoding: input, as: UTF8.self).split(separator: "\n")
        guard lines.count <= ClockQuestion.most else { throw refused("more than \(ClockQuestion.most) relays") }
        var questions: [ClockQuestion] = []
        for (place, line) in lines.enumerated() {
            guard let question = ClockQuestion(line) else {
                throw refused("line \(place + 1) is not ADDRESS:PORT FINGERPRINT [ED25519]")
            }
            questions.append(question)
        }
        return questions
    }

    private static func refused(_ message: String) -> Refusal {
        Refusal(code: Refusal.data, message: message)
    }
}

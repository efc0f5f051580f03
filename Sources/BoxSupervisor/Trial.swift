/// Settings on trial: whether tor comes back with them, and what it said last if it does not.
///
/// Time counts from the start of the trial; a trial that was cut off begins anew.
public struct Trial: Sendable {
    public enum Verdict: Sendable, Equatable {
        case keep
        /// With the reason, in plain words.
        case takeBack(String)
    }

    /// How long tor may take to come back.
    public static let limit = Duration.seconds(60)
    /// How long it must answer without a break: one that answers may still be on its way down.
    public static let proof = Duration.seconds(3)

    private var answersSince: Duration?
    private var lastWords: String?

    public init() {}

    /// Takes one look at tor in.
    ///
    /// - Parameter failure: why it does not start; `nil` where nothing new is known of it.
    /// - Returns: `nil` as long as nothing is decided.
    public mutating func look(torAnswers: Bool, failure: String?, at now: Duration) -> Verdict? {
        lastWords = failure ?? lastWords
        answersSince = torAnswers ? answersSince ?? now : nil
        if let answersSince {
            return now - answersSince >= Self.proof ? .keep : nil
        }
        guard now >= Self.limit else { return nil }
        return .takeBack(lastWords ?? "tor did not answer within \(Self.limit.components.seconds) s")
    }
}

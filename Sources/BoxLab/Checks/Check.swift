import HostSystem

/// One thing that the box promises, tried with real programs while the uplink is watched.
public struct Check: Sendable, CustomStringConvertible {
    /// What a client does, in a few words.
    public let title: String
    private let body: @Sendable (Scene) async throws -> String

    /// - Parameter body: does it and says what happened; throws ``LabError`` of kind `.check` where that is not what the
    ///   box promises.
    init(_ title: String, _ body: @escaping @Sendable (Scene) async throws -> String) {
        self.title = title
        self.body = body
    }

    /// What came of a check.
    public struct Outcome: Sendable {
        public let title: String
        public let happened: String
        public let seen: Sighting
    }

    /// Does it and judges every frame that left meanwhile.
    ///
    /// - Throws: ``LabError`` where the box broke a promise or the check could not be made.
    public func run(in scene: Scene) async throws -> Outcome {
        let (happened, seen) = try await scene.watching {
            try await withTimeLimit(.seconds(150), naming: title) { try await body(scene) }
        }
        try seen.requireAllowed()
        return Outcome(title: title, happened: happened, seen: seen)
    }

    public var description: String { title }

    /// Every check that leaves the box as it found it, in an order that a person likes to read.
    public static let all: [Check] = pages + names + refusals + mishaps
}

/// Fails a check where something does not hold.
func expect(_ isRight: Bool, _ complaint: @autoclosure () -> String) throws {
    guard isRight else { throw LabError(.check, complaint()) }
}

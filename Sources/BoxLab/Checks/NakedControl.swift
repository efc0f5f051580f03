import NetFrames

/// The control of every "nothing leaked": the same frames, the same capture, and the box's rules away.
public struct NakedControl: Sendable {
    public let sent: [Probe]
    public let seen: [Probe]

    /// Sends every probe that a plain router passes on, from `client1` through the naked box.
    ///
    /// - Parameter scene: a lab whose box runs naked.
    public static func run(in scene: Scene) async throws -> NakedControl {
        let probes = Probe.allCases.filter { $0.control == .router }
        let socket = try scene.socket()
        let (_, sighting) = try await scene.watching(.closed) {
            for frame in probes.flatMap({ $0.frames(in: scene.context) }) { try socket.send(frame) }
        }
        return NakedControl(sent: probes, seen: probes.filter { sighting.probes[$0.id] != nil })
    }

    /// - Throws: ``LabError`` of kind `.check` with the first probe that cannot be seen even without the box: its absence
    ///   proves nothing then.
    public func requireAllSeen() throws {
        let seen = Set(seen.map(\.id))
        if let missing = sent.first(where: { !seen.contains($0.id) }) {
            throw LabError(.check, "\(missing) is not seen even without the box's rules: its check proves nothing")
        }
    }
}

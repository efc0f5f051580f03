import NetFrames

extension Scene {
    /// Runs something while `client1` sends every probe over and over, and judges all that leaves meanwhile.
    ///
    /// - Throws: ``LabError`` of kind `.check` where a frame left that may not, or where the flood did not flow.
    @discardableResult
    public func flooding(
        _ row: Row = .open(doors: doors), framesPerSecond: Int = 1000, _ body: () async throws -> Void
    ) async throws -> Sighting {
        let flood = try Flood(on: socket(), in: context, framesPerSecond: framesPerSecond)
        let (tally, seen) = try await watching(row) {
            let running = Task { await flood.run(atMost: .seconds(600)) }
            do {
                try await body()
            } catch {
                running.cancel()
                throw error
            }
            running.cancel()
            return await running.value
        }
        try expect(tally.sent >= Probe.allCases.count, "only \(tally.sent) frames of the flood were sent")
        try seen.requireAllowed()
        return seen
    }
}

import BoxLab

/// One page again and again, each time over a new connection: one after the other, then many at a time.
struct Requests: Sendable {
    static let count = 200
    static let atOnce = 20

    /// Connections a second, one after the other.
    let rateOneByOne: Double
    /// Connections a second, ``atOnce`` at a time.
    let rateAtOnce: Double
    /// The median time to the first byte where one comes after the other, in milliseconds.
    let wait: Double

    static func measure(_ route: Route) async throws -> Requests {
        let transfers = try await route.fetchEmptyPage(times: count)
        // curl does not tell when it began, so its own start, some 20 ms, is within; it is the same for both routes.
        let time = try await ContinuousClock().measure {
            _ = try await route.fetchEmptyPage(times: count, atOnce: atOnce)
        }
        return Requests(
            rateOneByOne: Double(transfers.count) / transfers.map(\.total).reduce(0, +),
            rateAtOnce: Double(count) / (time / .seconds(1)),
            wait: Sample(transfers.map(\.wait)).median * 1000)
    }
}

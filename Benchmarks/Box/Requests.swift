import BoxLab
import Figures

/// One page again and again, each time over a new connection: with rests, one after the other, many at a time.
struct Requests: Sendable {
    static let atOnce = 20

    /// The median time to the first byte when there was a rest before, in milliseconds.
    let wait: Double
    /// Connections a second, one after the other.
    let rateOneByOne: Double
    /// Connections a second, ``atOnce`` at a time.
    let rateAtOnce: Double

    static func measure(_ route: Route) async throws -> Requests {
        let rested = try await route.fetchEmptyPage(times: 20, .tenASecond)
        let inARow = try await route.fetchEmptyPage(times: 100, .oneByOne)
        // curl does not tell when it began, so its own start, some 20 ms, is within; it is the same for both routes.
        let time = try await ContinuousClock().measure {
            _ = try await route.fetchEmptyPage(times: 1000, .atOnce(atOnce))
        }
        return Requests(
            wait: Sample(rested.map(\.wait)).median * 1000,
            rateOneByOne: Double(inARow.count) / inARow.map(\.total).reduce(0, +),
            rateAtOnce: 1000 / (time / .seconds(1)))
    }
}

import BoxAPI
import NIOConcurrencyHelpers
import Testing

@testable import BoxWeb

@Suite("What goes through, on the pages")
struct TrafficTests {
    private func home(_ samples: [Rate], asOwner: Bool = true) async throws -> String {
        let sample = try SampleSite()
        defer { sample.remove() }
        sample.condition.withLockedValue { $0.samples = samples }
        let owner = try await sample.owner()
        var visitor = asOwner ? owner : Visitor(sample.site)
        return try await visitor.get("/").text
    }

    private static let busy = [Rate(received: 3_000_000, sent: 20_000), Rate(received: 1_200_000, sent: 40_000)]

    @Test("The owner sees a picture, and the same in words")
    func shows() async throws {
        let text = try await home(Self.busy)
        #expect(text.contains("Now 1.2\u{A0}MB a second in, 40\u{A0}kB a second out."))
        #expect(
            text.contains("role=\"img\"") && text.contains("The last 4\u{A0}s; the top stands for 3\u{A0}MB a second."))
    }

    @Test(
        "Where there is no picture, a sentence says why",
        arguments: [
            ([], "began to measure"), ([Rate(received: 9, sent: 9)], "began to measure"),
            (Array(repeating: Rate(received: 0, sent: 0), count: 60), "nothing went through in the last 2\u{A0}min"),
        ] as [([Rate], String)])
    func empty(samples: [Rate], sentence: String) async throws {
        let text = try await home(samples)
        #expect(text.contains(sentence) && !text.contains("<polyline"))
    }

    @Test("A guest learns nothing of it, for it is what others do")
    func guest() async throws {
        let text = try await home(Self.busy, asOwner: false)
        #expect(text.contains("Protected") && !text.contains("polyline") && !text.contains("a second in"))
    }

    @Test("The line ends at the right edge, its highest point at the top and nothing outside")
    func chart() {
        let chart = TrafficChart([
            Rate(received: 0, sent: 0), Rate(received: 500, sent: 100), Rate(received: 1_000, sent: 0),
        ])
        #expect(chart.received == "228,62 232,32 236,2")
        #expect(chart.sent == "228,62 232,56 236,62")
        #expect(chart.most == 1_000)
        let long = TrafficChart(Array(repeating: Rate(received: 7, sent: .max / 100), count: 90))
        #expect(long.received.hasPrefix("0,62 4,62") && long.sent.hasSuffix("236,2"))
        #expect(TrafficChart([]).received.isEmpty)
    }

    @Test("A device's traffic now stands beside its name")
    func devices() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var owner = try await sample.owner()
        #expect(try await owner.get("/devices").text.contains("Now 1.5\u{A0}MB a second in, 2\u{A0}kB a second out."))
    }
}

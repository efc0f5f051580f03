import BoxModel
import HTTPTypes
import HostSystem
import NIOConcurrencyHelpers
import Testing

@testable import BoxWeb

@Suite("The first visit")
struct FirstVisitTests {
    private static let answers: [FirstStep: [String: String]] = [
        .language: ["language": "en"], .ownTor: ["policy": "chosen"],
        .wifi: ["name": "home", "password": "four words of mine"], .connection: ["ports": "443"], .promises: [:],
    ]

    @Test("From the password through every step to the end, each of which holds at once")
    func walk() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var owner = Visitor(sample.site)
        var place = try #require(
            try await owner.submit(
                "/welcome", ["password": SampleSite.password, "again": SampleSite.password], from: "/welcome"
            ).headers[.location])
        for step in FirstStep.allCases.dropLast() {
            #expect(place == step.path)
            #expect(try await owner.get("/").text.contains("/first/language"))
            let page = try await owner.get(place).text
            #expect(page.contains("Step \(step.number) of 6"))
            if let back = step.previous { #expect(page.contains("href=\"\(back.path)\">Back")) }
            let answers = try #require(Self.answers[step])
            place = try #require(try await owner.submit(step.path, answers, from: step.path).headers[.location])
            if step == .wifi { #expect(sample.settings.withLockedValue { $0.wifi?.name } == "home") }
        }
        #expect(place == "/first/done")
        let end = try await owner.get(place).text
        #expect(end.contains("That of the devices that I tick") && end.contains("<dd>home</dd>"))
        #expect(try await !owner.get("/").text.contains("/first/language"))
        let settings = sample.settings.withLockedValue { $0 }
        #expect(settings.ownTorPolicy == "chosen" && settings.reachablePorts == [443])
    }

    @Test("Whoever skips everything changes nothing, and may come back")
    func skipping() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        let before = sample.settings.withLockedValue { $0 }
        var owner = try await sample.owner()
        var place = FirstStep.language.path
        for _ in 0..<4 {
            let page = try await owner.get(place).text
            place = String(try #require(page.firstMatch(of: /href="([^"]+)">Skip</)?.output.1))
        }
        #expect(place == FirstStep.promises.path)
        #expect(sample.settings.withLockedValue { $0 } == before)
        #expect(try await owner.get("/").text.contains("/first/language"))
    }

    @Test("A step that is refused stays where it is, with what was typed")
    func refused() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var owner = try await sample.owner()
        let seen = try await owner.submit("/first/wifi", ["name": "home", "password": "x"], from: "/first/wifi")
        #expect(seen.status == .unprocessableContent && seen.text.contains("Step 3 of 6"))
        #expect(seen.text.contains("action=\"/first/wifi\"") && seen.text.contains("value=\"x\""))
    }

    @Test("The language that the owner chose is everybody's who has not chosen another, also after a restart")
    func language() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var owner = try await sample.owner()
        _ = try await owner.submit("/first/language", ["language": "fr"], from: "/first/language")
        #expect(try await owner.get("/").text.contains("<html lang=\"fr\">"))
        var guest = Visitor(sample.site)
        #expect(try await guest.get("/").text.contains("<html lang=\"fr\">"))
        _ = try await guest.get("/language/en")
        #expect(try await guest.get("/").text.contains("<html lang=\"en\">"))
        let kept = try FirstVisit(file: "\(sample.ownerFile)-first-visit")
        #expect(await kept.language == .french)
        #expect(await !kept.isOver)
        let odd = try await owner.submit("/first/language", ["language": "xx"], from: "/first/language")
        #expect(odd.status == .badRequest)
    }

    @Test("The mark of a finished visit outlives a restart; a broken one is said, not guessed")
    func mark() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        let file = "\(sample.ownerFile)-first-visit"
        let visit = try FirstVisit(file: file)
        #expect(await !visit.isOver)
        try await visit.end()
        #expect(try await FirstVisit(file: file).isOver)
        try DurableFile(file).replace(with: "half a wor")
        #expect(throws: WebError.self) { try FirstVisit(file: file) }
    }
}

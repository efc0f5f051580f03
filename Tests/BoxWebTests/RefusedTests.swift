import BoxAPI
import HTTPTypes
import NIOConcurrencyHelpers
import Testing

@testable import BoxWeb

@Suite("Why something was refused, on the pages")
struct RefusedTests {
    private func withSite(_ body: (SampleSite) async throws -> Void) async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        _ = try await sample.owner()
        try await body(sample)
    }

    @Test("Every kind has its sentences, in both languages", arguments: Language.allCases, RefusalsReport.Kind.allCases)
    func kinds(language: Language, kind: RefusalsReport.Kind) async throws {
        try await withSite { sample in
            var guest = Visitor(sample.site)
            guest.acceptLanguage = language.rawValue
            let (text, words) = (try await guest.get("/why").text, try Words(language))
            #expect(text.contains(">\(words("blocked_\(kind.rawValue)_title"))<"))
            let sentence = words("blocked_\(kind.rawValue)").replacing("'", with: "&#39;")
            #expect(text.contains(">\(sentence)<"))
            #expect(text.contains(words("blocked_when", "3", "1\u{A0}min 5\u{A0}s")))
        }
    }

    @Test("A guest sees what was refused to the device they use, and cannot ask for another, nor for an address")
    func guest() async throws {
        try await withSite { sample in
            var guest = Visitor(sample.site)
            for query in ["", "?device=kitchen", "?device=oven", "?destination=192.0.2.1:443"] {
                let text = try await guest.get("/why\(query)").text
                #expect(text.contains("Ana&#39;s") && text.contains("Ping"))
                #expect(!text.contains("kitchen") && !text.contains("oven") && !text.contains("987"))
                #expect(!text.contains("192.0.2.1") && !text.contains("refused, and the device"))
            }
        }
    }

    @Test("A device that the box does not know is told so, and nothing else", arguments: ["10.44.0.99", "fe80::1"])
    func stranger(address: String) async throws {
        try await withSite { sample in
            var guest = Visitor(sample.site)
            guest.device = address
            let text = try await guest.get("/why").text
            #expect(text.contains("does not know this device yet") && !text.contains("Ping"))
        }
    }

    @Test("The owner chooses a device; one with nothing refused has a sentence that says so")
    func owner() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var owner = try await sample.owner()
        let text = try await owner.get("/why?device=kitchen").text
        #expect(text.contains("<option selected>kitchen</option>") && text.contains("<h2>kitchen</h2>"))
        #expect(text.contains("Nothing of this device was refused") && text.contains("it has no network"))
        #expect(try await owner.get("/why?device=%3Cb%3EAna%27s+%26+telephone%3C%2Fb%3E").text.contains("A VPN"))
        #expect(try await owner.get("/why?device=nobody").status == .unprocessableContent)
    }

    @Test(
        "The owner alone sees to whom it was addressed; everybody is told whether that is kept",
        arguments: [true, false])
    func places(areKept: Bool) async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var owner = try await sample.owner()
        let form = "/settings/refused"
        #expect(try await owner.submit(form, areKept ? ["places": "yes"] : [:], from: form).status == .seeOther)
        let ownDevice = "/why?device=%3Cb%3EAna%27s+%26+telephone%3C%2Fb%3E"
        var guest = Visitor(sample.site)
        let (shown, toGuest) = (try await owner.get(ownDevice).text, try await guest.get(ownDevice).text)
        for place in ["198.51.100.77", "2001:db8::77"] {
            #expect(shown.contains("<code>\(place)</code>"))
            #expect(!toGuest.contains(place))
        }
        for text in [shown, toGuest] {
            #expect(text.contains("does not keep to whom") == !areKept)
            #expect(text.contains("also keeps to whom") == areKept)
        }
        #expect(shown.contains("href=\"/settings/refused\"") && !toGuest.contains("/settings/refused"))
        #expect(try await !owner.get("/why?device=oven").text.contains("198.51.100.77"))
    }

    @Test("However many guests look, torboxd is asked about once a second")
    func crowd() async throws {
        try await withSite { sample in
            let before = sample.asked.withLockedValue { $0 }
            let clock = ContinuousClock()
            let time = try await clock.measure {
                for number in 1...100 {
                    var guest = Visitor(sample.site)
                    guest.device = "10.44.0.\(number)"
                    _ = try await guest.get("/why")
                }
            }
            // Who is there and how the box is, and what was refused.
            let asked = sample.asked.withLockedValue { $0 } - before
            #expect(asked >= 3 && asked <= 3 * (Int(time.components.seconds) + 2))
        }
    }
}

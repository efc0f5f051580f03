import BoxModel
import HTTPTypes
import NIOConcurrencyHelpers
import Testing

@testable import BoxWeb

@Suite("What the pages say")
struct PageTests {
    private static let pages =
        [
            "/", "/login", "/devices", "/tor", "/why?destination=203.0.113.80:443", "/settings", "/system",
            "/system/airlock", "/system/backup", "/system/restart", "/system/power-off",
        ] + SettingsForm.allCases.map(\.path) + FirstStep.allCases.map(\.path)

    private func read(_ path: String, language: String) async throws -> Visitor.Seen {
        let sample = try SampleSite()
        defer { sample.remove() }
        var owner = try await sample.owner()
        owner.acceptLanguage = language
        return try await owner.get(path)
    }

    @Test(
        "Every page is whole, in its language, without anything inline or from elsewhere",
        arguments: pages, ["en", "fr"])
    func whole(path: String, language: String) async throws {
        let seen = try await read(path, language: language)
        #expect(seen.status == .ok)
        #expect(seen.text.contains("<html lang=\"\(language)\">") && seen.text.contains("</html>"))
        #expect(
            !seen.text.contains("<script>") && !seen.text.contains("style=")
                && !seen.text.contains(
                    " on"
                        + "click")
        )
        #expect(!seen.text.contains("//") || seen.text.matches(of: /(src|href|action)="(https?:)?\/\//).isEmpty)
        // A sentence that the catalogue lacks would show as its key.
        #expect(seen.text.matches(of: />[a-z]+_[a-z_]+</).isEmpty)
        // Nor is there anything where the page has nothing to say.
        #expect(!seen.text.contains("nil") && !seen.text.contains("Optional"))
    }

    @Test("Before anything went wrong, the first visit and the login speak of no problem")
    func noProblem() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var visitor = Visitor(sample.site)
        #expect(try await !visitor.get("/welcome").text.contains("role=\"alert\""))
        _ = try await sample.owner()
        #expect(try await !visitor.get("/login").text.contains("role=\"alert\""))
    }

    @Test("Every answer carries the rules for the browser", arguments: pages + ["/nothing-here", "/style.css"])
    func headers(path: String) async throws {
        let seen = try await read(path, language: "en")
        let policy = try #require(seen.headers[.contentSecurityPolicy])
        #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe"))
        #expect(seen.headers[.xContentTypeOptions] == "nosniff")
    }

    @Test("The cookie is out of reach of scripts and other sites")
    func cookie() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var visitor = Visitor(sample.site)
        let cookie = try #require(try await visitor.get("/welcome").headers[.setCookie])
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
    }

    @Test("A device's name cannot become part of the page")
    func escaping() async throws {
        let seen = try await read("/devices", language: "en")
        #expect(!seen.text.contains("<b>Ana"))
        #expect(seen.text.contains("&lt;b&gt;Ana&#39;s &amp; telephone&lt;/b&gt;"))
    }

    @Test("What torboxd refuses is said in plain words")
    func refusal() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var owner = try await sample.owner()
        let seen = try await owner.submit(
            "/devices/rename", ["device": "kitchen", "alias": "taken"], from: "/devices")
        #expect(seen.status == .unprocessableContent && seen.text.contains("a name that is taken already"))
    }

    @Test("A guest sees its own device and nothing of others")
    func guest() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        _ = try await sample.owner()
        var guest = Visitor(sample.site)
        let seen = try await guest.get("/")
        #expect(seen.text.contains("Protected") && seen.text.contains("Ana"))
        #expect(!seen.text.contains("kitchen") && !seen.text.contains("02:00"))
    }

    @Test("However many guests look, torboxd is asked about once a second")
    func crowd() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        _ = try await sample.owner()
        let before = sample.asked.withLockedValue { $0 }
        let clock = ContinuousClock()
        let time = try await clock.measure {
            try await withThrowingTaskGroup { group in
                for number in 1...100 {
                    group.addTask {
                        var guest = Visitor(sample.site)
                        guest.device = "10.44.0.\(number)"
                        _ = try await guest.get("/")
                    }
                }
                try await group.waitForAll()
            }
        }
        let asked = sample.asked.withLockedValue { $0 } - before
        #expect(asked >= 2 && asked <= 2 * (Int(time.components.seconds) + 2))
    }

    @Test("A page and all that it loads weigh less than 60 KB")
    func weight() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var owner = try await sample.owner()
        var files = 0
        for path in ["/style.css", "/live.js"] { files += try await owner.get(path).text.utf8.count }
        // The largest code that a Wi-Fi can have.
        let wifi = Settings.WiFi(name: String(repeating: ";", count: 32), password: String(repeating: ":", count: 63))
        sample.settings.withLockedValue { $0.wifi = wifi }
        for page in Self.pages { #expect(try await owner.get(page).text.utf8.count + files < 60_000) }
    }
}

import BoxAPI
import HTTPTypes
import Testing

@testable import BoxWeb

@Suite("The updates, on the system's page")
struct UpdatesPageTests {
    @Test("What is pending, what failed and what needs a restart stand there in both languages")
    func shown() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var owner = try await sample.owner()
        let english = try await owner.get("/system").text
        for words in [
            "22\u{A0}Nov\u{A0}2026, 12:34:56\u{A0}UTC",
            "tor <span class=\"detail\">0.4.8.1-1 → 0.4.8.2-1&lt;b&gt;</span>",
            "linux-image-2 <span class=\"detail\">2</span>", "no &lt;way&gt;", "They are: libc.so.6.", "Look now",
        ] {
            #expect(english.contains(words), "\(words)")
        }
        owner.acceptLanguage = "fr"
        let french = try await owner.get("/system").text
        #expect(french.contains("Ce sont : libc.so.6.") && french.contains("Chercher maintenant"))
    }

    @Test("While they are looked for the page says how far, in place of the button", arguments: [nil, 40])
    func running(percent: Int?) async throws {
        let report = UpdatesReport(
            checked: nil, pending: [], running: .init(.installing, percent: percent), failure: nil, restartFor: [])
        let sample = try SampleSite { $0 == .updates ? .updates(report) : nil }
        defer { sample.remove() }
        var owner = try await sample.owner()
        let page = try await owner.get("/system").text
        #expect(page.contains("Installing updates…") && !page.contains("Look now"))
        #expect(page.contains("<progress max=\"100\" value=\"40\"") == (percent == 40))
        #expect(page.contains("None has succeeded yet."))
    }

    @Test("The button asks torboxd, and what it refuses is said in plain words")
    func button() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var owner = try await sample.owner()
        let done = try await owner.submit("/system/update", [:], from: "/system")
        #expect(done.status == .ok && done.text.contains("The box looks for updates"))

        let closed = try SampleSite { $0 == .update ? .refused(Refusal(.failed, "the box is not open")) : nil }
        defer { closed.remove() }
        var other = try await closed.owner()
        let refused = try await other.submit("/system/update", [:], from: "/system")
        #expect(refused.status.code >= 400 && refused.text.contains("the box is not open"))
    }
}

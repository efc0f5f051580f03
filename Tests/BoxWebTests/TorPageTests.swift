import BoxAPI
import Foundation
import HTTPTypes
import Testing

@testable import BoxWeb

@Suite("The page for tor")
struct TorPageTests {
    private func page(
        language: String = "en", _ answer: @escaping @Sendable (BoxAPI.Request) -> Reply? = { _ in nil }
    ) async throws -> String {
        let sample = try SampleSite(answer)
        defer { sample.remove() }
        var owner = try await sample.owner()
        owner.acceptLanguage = language
        return try await owner.get("/tor").text
    }

    @Test("Circuits are drawn, and said in words with countries by their names", arguments: ["en", "fr"])
    func circuits(language: String) async throws {
        let text = try await page(language: language)
        #expect(text.matches(of: #/<path d="M82 /#).count == CircuitsReport.mostCircuits)
        #expect(text.matches(of: #/<path d="M82 [^>]*class="used"/#).count == 2)
        let (germany, island) = language == "fr" ? ("Allemagne", "Saint-Christophe") : ("Germany", "St. Kitts")
        #expect(text.contains("\(germany) (DE), ") && text.contains(island) && text.contains("nickname00000000110"))
        #expect(text.contains("role=\"img\"") && text.contains("<title id=\"circuits-say\">"))
        #expect(text.contains(language == "fr" ? "<li>votre pont\u{A0}: répond</li>" : "<li>your bridge: answers</li>"))
    }

    @Test("tor's words are no markup, the newest first, and only as many as a page can bear")
    func log() async throws {
        let text = try await page()
        let first = try #require(text.range(of: "Line 99 &lt;b&gt;")?.lowerBound)
        let next = try #require(text.range(of: "Line 98 ")?.lowerBound)
        #expect(first < next && !text.contains("Line 39 ") && !text.contains("<b>"))
        #expect(text.contains("22\u{A0}Nov\u{A0}2026, 23:50:05\u{A0}UTC, warning:"))
    }

    @Test("With all that there can be, and every relay a door, it weighs less than 60 KB", arguments: ["en", "fr"])
    func weight(language: String) async throws {
        let text = try await page(language: language) { request in
            guard case .doors = request else { return nil }
            let doors = (0..<9000).map { "[2001:db8:1234:5678:9abc:def0:1234:\($0)]:9001" }
            return .doors(["doors4", "guards6"].map { DoorsReport(set: "netdev torbox \($0)", endpoints: doors) })
        }
        let files = PackageResources.style_css.count + PackageResources.live_js.count
        #expect(text.utf8.count + files < 60_000, "\(text.utf8.count)")
        #expect(text.contains(language == "fr" ? "8\u{202F}940" : "8,940"))
    }

    @Test(
        "Where there is no circuit it says why",
        arguments: [
            ("closed", 100, true, "the box is closed"), ("clock", 0, true, "the box is closed"),
            ("connecting", 45, true, "(45\u{A0}%)"), ("open", 100, true, "No circuit at this moment"),
            ("open", nil, false, "Tor does not answer"), ("closed", nil, false, "Tor does not answer"),
        ] as [(String, Int?, Bool, String)])
    func none(state: String, percent: Int?, answers: Bool, words: String) async throws {
        let text = try await page { request in
            switch request {
            case .status:
                .status(
                    StatusReport(
                        state: state, obstacle: nil, waitingFor: nil, bootstrapPercent: percent, torVersion: nil,
                        uptimeSeconds: 1, version: "1", notices: [], ownTorPolicy: "automatic",
                        guestsChooseOwnTor: false))
            case .circuits where answers:
                .circuits(CircuitsReport(circuits: [], furtherCircuits: 0, streams: 0, guards: []))
            case .circuits: .refused(Refusal(.failed, "tor does not answer"))
            case .torLog: .torLog([])
            default: nil
            }
        }
        #expect(text.contains(words) && !text.contains("<svg"))
        #expect(text.contains("None yet:") && text.contains("Nothing since"))
    }

    @Test("A new identity is asked for by the form, and the reader hears that tor puts it off")
    func identity() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var owner = try await sample.owner()
        let seen = try await owner.submit("/tor/identity", [:], from: "/tor")
        #expect(seen.status == .ok && seen.text.contains("by itself in 7\u{A0}s"))
    }

    @Test("Both languages name the same countries, all that Debian's tables know, in less than 6 KB")
    func countries() throws {
        let (english, french) = (CountryNames(.english), CountryNames(.french))
        #expect(english.codes == french.codes && english.codes.count == 256)
        for code in english.codes {
            #expect(code.wholeMatch(of: /[A-Z]{2}/) != nil && english(code).count > 3 && french(code).count > 3)
        }
        #expect(english("CH") == "Switzerland" && french("CH") == "Suisse" && french("ZZ") == "ZZ")
        #expect(PackageResources.countries_en_txt.count < 6_000 && PackageResources.countries_fr_txt.count < 6_000)
        var known: Set<String> = []
        for table in ["geoip", "geoip6"] {
            let text = try String(contentsOfFile: "/usr/share/tor/\(table)", encoding: .utf8)
            for line in text.utf8.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
                known.insert(String(Substring(line.suffix(2))))
            }
        }
        // What the tables have besides is no country.
        #expect(known.subtracting(english.codes) == ["??", "AB", "AP", "OS", "ZZ"])
    }
}

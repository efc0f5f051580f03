import BoxAPI
import HTTPTypes
import Testing

@testable import BoxWeb

@Suite("The pages of the whole box")
struct SystemPageTests {
    private func withOwner(_ body: (inout Visitor) async throws -> Void) async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var owner = try await sample.owner()
        try await body(&owner)
    }

    @Test("The machine and its clock are shown in the reader's form")
    func numbers() async throws {
        try await withOwner { owner in
            let english = try await owner.get("/system").text
            for words in [
                "1\u{A0}GB free of 4\u{A0}GB", "20\u{A0}GB free of 30\u{A0}GB", "48.3 °C", "cpu-thermal",
                "0.5 programs",
                "Debian 12.11, Linux 6.1.0-28-arm64", "22\u{A0}Nov\u{A0}2026, 12:34:56\u{A0}UTC",
                "agreed on the time 1\u{A0}min 15\u{A0}s ago: 1.", "between -0.2 and 1.7 seconds",
                "differs by 1\u{A0}h 1\u{A0}min", "192.0.2.3:443: no answer",
            ] {
                #expect(english.contains(words), "\(words)")
            }
            #expect(english.contains("value=\"75\" aria-label=\"Memory\""))
            owner.acceptLanguage = "fr"
            let french = try await owner.get("/system").text
            #expect(french.contains("1\u{A0}Go libres sur 4\u{A0}Go") && french.contains("22\u{A0}nov.\u{A0}2026"))
        }
    }

    @Test(
        "A clock that relays confirmed before torboxd was started anew is not said to be confirmed by none",
        arguments: [(TimeReport.Trust.confirmed, "no longer known"), (.none, "No relays have agreed")])
    func forgotten(trust: TimeReport.Trust, words: String) async throws {
        let time = TimeReport(
            trust: trust, now: 1_795_350_896, earliest: 1_790_000_000, latest: 2_100_000_000, checkedSecondsAgo: nil,
            behind: nil, agreeing: [], dissenting: [], failures: [], notice: nil)
        let sample = try SampleSite { $0 == .time ? .time(time) : nil }
        defer { sample.remove() }
        var owner = try await sample.owner()
        let page = try await owner.get("/system").text
        #expect(page.contains(words))
        #expect(page.contains("have confirmed it.") != page.contains("No relay"))
    }

    @Test(
        "A time is taken with its difference from UTC, or refused in plain words",
        arguments: [
            ("2026-11-22", "12:34", "+01:00", 303, ""), ("2026-11-22", "12:34:56", "-05:30", 303, ""),
            ("2026-11-22", "12:34", "", 303, ""), ("", "12:34", "+01:00", 422, "no date and time"),
            ("2026-02-30", "12:34", "+01:00", 422, "no date and time"),
            ("2026-11-22", "12:34", "+25:00", 422, "no date and time"),
            ("1970-01-01", "01:00", "+01:00", 422, "clock can be set from 2026-01-01"),
        ])
    func time(date: String, clock: String, zone: String, status: Int, words: String) async throws {
        try await withOwner { owner in
            let seen = try await owner.submit(
                "/system/time", ["date": date, "clock": clock, "zone": zone], from: "/system")
            #expect(seen.status.code == status && seen.text.contains(words))
        }
    }

    @Test("Every rule of the airlock stands beside its meaning; one that is not known stands out")
    func airlock() async throws {
        try await withOwner { owner in
            let text = try await owner.get("/system/airlock").text
            #expect(text.contains("the places of one list, now 1,234") && text.contains("tcp dport @doors4 accept"))
            #expect(text.contains("class=\"problem\">A rule that this version does not know"))
            #expect(text.contains("meta mark &lt;1&gt; accept"))
        }
    }

    @Test("The machine is asked only by the second page's button, and its refusal is said in plain words")
    func power() async throws {
        try await withOwner { owner in
            let question = try await owner.get("/system/power-off")
            #expect(question.status == .ok && question.text.contains("Switch the box off?"))
            let done = try await owner.submit("/system/power-off", [:], from: "/system/power-off")
            #expect(done.status == .ok && done.text.contains("will switch off"))
            let refused = try await owner.submit("/system/restart", [:], from: "/system/restart")
            #expect(refused.status == .unprocessableContent && refused.text.contains("does not run the machine"))
        }
    }

    @Test("A backup comes as a file to keep, by a passphrase that protects it")
    func backup() async throws {
        try await withOwner { owner in
            let passphrase = "four or five words"
            let file = try await owner.submit(
                "/system/backup", ["passphrase": passphrase, "again": passphrase], from: "/system/backup")
            #expect(file.text == SampleSite.backup.text && file.headers[.cacheControl] == "no-store")
            #expect(file.headers[.contentDisposition] == "attachment; filename=\"torbox-backup.asc\"")
            let weak = try await owner.submit(
                "/system/backup", ["passphrase": "short", "again": "short"], from: "/system/backup")
            #expect(weak.status == .unprocessableContent && weak.text.contains("too short"))
            let other = try await owner.submit(
                "/system/backup", ["passphrase": passphrase, "again": "other"], from: "/system/backup")
            #expect(other.status == .unprocessableContent && other.text.contains("not the same"))
        }
    }

    private func upload(_ content: String, passphrase: String, by owner: inout Visitor) async throws -> Visitor.Seen {
        let page = try await owner.get("/system/backup").text
        let token = try #require(page.firstMatch(of: /name="token" value="([0-9a-f]+)"/)).1
        let parts = [
            "name=\"token\"\r\n\r\n\(token)",
            "name=\"backup\"; filename=\"a.asc\"\r\nContent-Type: text/plain\r\n\r\n\(content)",
            "name=\"passphrase\"\r\n\r\n\(passphrase)",
        ]
        let body = parts.map { "--xyz\r\nContent-Disposition: form-data; \($0)\r\n" }.joined() + "--xyz--\r\n"
        return try await owner.send(
            .post, "/system/restore",
            [.origin: "http://torbox.lan", .contentType: "multipart/form-data; boundary=xyz"], body)
    }

    @Test(
        "A file is restored, or refused with the reason",
        arguments: [
            (SampleSite.backup.text, "right", 200, "are in force"),
            (SampleSite.backup.text, "wrong", 422, "<p>bridges.lines[2]: The box does not know this kind"),
            (SampleSite.backup.text, "wrong", 422, "<p>wifi.name: The name of the Wi-Fi takes"),
            (SampleSite.backup.text, "wrong", 422, "lang=\"en\">lan.ipv4: &lt;x&gt;; a network<"),
            (SampleSite.backup.text, "another", 422, "this is not its passphrase"),
            ("a photograph", "right", 422, "is no backup"), ("", "right", 422, "is no backup"),
            (String(repeating: "a", count: 70_000), "right", 413, "too large"),
        ])
    func restore(content: String, passphrase: String, status: Int, words: String) async throws {
        try await withOwner { owner in
            let seen = try await upload(content, passphrase: passphrase, by: &owner)
            #expect(seen.status.code == status && seen.text.contains(words))
        }
    }

    @Test("A French reader hears in French why a time or a backup is not taken, and nothing in English")
    func refusedInFrench() async throws {
        try await withOwner { owner in
            owner.acceptLanguage = "fr"
            let time = try await owner.submit(
                "/system/time", ["date": "1970-01-01", "clock": "01:00", "zone": "+01:00"], from: "/system")
            let backup = try await upload(SampleSite.backup.text, passphrase: "another", by: &owner)
            #expect(time.text.contains("l’horloge se règle du 2026-01-01") && backup.text.contains("ne s’ouvre pas"))
            for seen in [time, backup] {
                #expect(!seen.text.contains("class=\"detail said\"") && !seen.text.contains("torboxd"))
            }
        }
    }

    @Test("Only the page that takes a file takes this kind of form")
    func elsewhere() async throws {
        try await withOwner { owner in
            let seen = try await owner.send(
                .post, "/system/time",
                [.origin: "http://torbox.lan", .contentType: "multipart/form-data; boundary=xyz"], "--xyz--\r\n")
            #expect(seen.status == .unsupportedMediaType)
        }
    }
}

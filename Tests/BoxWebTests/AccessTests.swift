import BoxPassword
import Glibc
import HTTPTypes
import Hummingbird
import Testing

@testable import BoxWeb

@Suite("Who may do what on the pages")
struct AccessTests {
    private func withSite(_ body: (SampleSite) async throws -> Void) async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        try await body(sample)
    }

    /// Every path that the router knows, with something in the place of its parameters.
    private func paths(_ site: Site, _ method: HTTPRequest.Method) -> [String] {
        site.router().routes.filter { $0.method == method }.map { route in
            route.path.description.split(separator: "/").map { $0.hasPrefix("{") || $0.hasPrefix(":") ? "x" : $0 }
                .reduce("") { $0 + "/" + $1 }
        }.map { $0.isEmpty ? "/" : $0 }
    }

    private static let ownersPages =
        [
            "/devices", "/tor", "/settings", "/system", "/system/airlock", "/system/backup", "/system/restart",
            "/system/power-off",
        ] + SettingsForm.allCases.map(\.path) + FirstStep.allCases.map(\.path)

    @Test(
        "Until there is an owner, every page leads to the first visit",
        arguments: ["/", "/login", "/why"] + ownersPages)
    func firstVisit(path: String) async throws {
        try await withSite { sample in
            var visitor = Visitor(sample.site)
            let seen = try await visitor.get(path)
            #expect(seen.status == .seeOther && seen.headers[.location] == "/welcome")
        }
    }

    @Test("The first visit chooses the password, once")
    func welcome() async throws {
        try await withSite { sample in
            var owner = try await sample.owner()
            #expect(try await owner.get("/system").status == .ok)
            var late = Visitor(sample.site)
            let token = try #require(try await late.get("/login").text.firstMatch(of: /value="([0-9a-f]+)"/))
            let again = try await late.post(
                "/welcome",
                ["password": "another long one", "again": "another long one", "token": String(token.1)])
            #expect(again.headers[.location] == "/login")
            #expect(try await late.get("/system").headers[.location] == "/login")
        }
    }

    @Test(
        "A weak password is refused with the reason, and there is still no owner",
        arguments: [
            ("short", "too short"), ("aaaaaaaaaaaa", "repeats"), ("password1234", "among the first"),
        ])
    func weak(password: String, reason: String) async throws {
        try await withSite { sample in
            var visitor = Visitor(sample.site)
            let seen = try await visitor.submit(
                "/welcome", ["password": password, "again": password], from: "/welcome")
            #expect(seen.status == .unprocessableContent && seen.text.contains(reason))
            #expect(try !sample.site.owner.isKnown)
        }
    }

    @Test("Without a login the owner's pages show nothing", arguments: ownersPages)
    func stranger(path: String) async throws {
        try await withSite { sample in
            _ = try await sample.owner()
            var guest = Visitor(sample.site)
            let seen = try await guest.get(path)
            #expect(seen.headers[.location] == "/login" && seen.text.isEmpty)
        }
    }

    @Test("No path answers to the name of another site")
    func foreignHost() async throws {
        try await withSite { sample in
            let owner = try await sample.owner()
            for host in ["evil.example", "torbox.lan.evil.example", "torbox.lan:8080", "10.44.0.2", ""] {
                var visitor = Visitor(sample.site, host: host)
                visitor.cookies = owner.cookies
                for path in paths(sample.site, .get) {
                    let seen = try await visitor.get(path)
                    #expect(seen.status == .misdirectedRequest && seen.text.isEmpty, "\(host) \(path)")
                }
            }
        }
    }

    @Test("No change is taken without the page's token, from another site, or as no form")
    func forgedForms() async throws {
        try await withSite { sample in
            var owner = try await sample.owner()
            let token = try #require(try await owner.get("/system").text.firstMatch(of: /value="([0-9a-f]+)"/))
            let good = ["token": String(token.1), "device": "kitchen", "alias": "oven"]
            let changes = paths(sample.site, .post)
            #expect(changes.count >= 8)
            for path in changes {
                #expect(try await owner.post(path, ["device": "kitchen"]).status == .forbidden, "\(path)")
                #expect(try await owner.post(path, ["token": "0"]).status == .forbidden, "\(path)")
                #expect(
                    try await owner.post(path, good, origin: "http://evil.example").status == .forbidden, "\(path)")
                #expect(try await owner.post(path, good, origin: "null").status == .forbidden, "\(path)")
                let withoutOrigin = try await owner.send(
                    .post, path, [.contentType: "application/x-www-form-urlencoded"], "token=\(token.1)")
                #expect(withoutOrigin.status == .forbidden, "\(path)")
                let json = try await owner.send(
                    .post, path, [.contentType: "application/json", .origin: "http://torbox.lan"], "{}")
                #expect(json.status == .unsupportedMediaType, "\(path)")
                let large = try await owner.post(path, ["token": String(repeating: "a", count: 20000)])
                #expect(large.status == .contentTooLarge, "\(path)")
                for body in ["\u{0}", "a=1&a[b]=2", "%zz", "&&&==="] {
                    let odd = try await owner.send(
                        .post, path,
                        [.contentType: "application/x-www-form-urlencoded", .origin: "http://torbox.lan"], body)
                    #expect([.badRequest, .forbidden].contains(odd.status), "\(path) \(body)")
                }
            }
        }
    }

    @Test("A stranger's form, though well made, changes nothing of the owner's")
    func strangersForms() async throws {
        try await withSite { sample in
            _ = try await sample.owner()
            var guest = Visitor(sample.site)
            for path in paths(sample.site, .post) where !["/login", "/welcome", "/own-tor"].contains(path) {
                let seen = try await guest.submit(path, ["device": "kitchen"], from: "/login")
                #expect(seen.headers[.location] == "/login", "\(path)")
            }
        }
    }

    @Test("Whoever guesses waits longer and longer; other devices do not")
    func guessing() async throws {
        try await withSite { sample in
            _ = try await sample.owner()
            var thief = Visitor(sample.site)
            thief.device = "10.44.0.66"
            for _ in 0..<4 {
                #expect(try await thief.submit("/login", ["password": "wrong"], from: "/login").status == .unauthorized)
            }
            // Not even the right one is looked at now.
            let held = try await thief.submit("/login", ["password": SampleSite.password], from: "/login")
            #expect(held.status == .tooManyRequests)
            var owner = Visitor(sample.site)
            _ = try await owner.submit("/login", ["password": SampleSite.password], from: "/login")
            #expect(try await owner.get("/system").status == .ok)
        }
    }

    @Test("Logging out ends the session, also for whoever kept the cookie")
    func logout() async throws {
        try await withSite { sample in
            var owner = try await sample.owner()
            let kept = owner.cookies
            _ = try await owner.submit("/logout", [:], from: "/system")
            #expect(try await owner.get("/system").headers[.location] == "/login")
            owner.cookies = kept
            #expect(try await owner.get("/system").headers[.location] == "/login")
        }
    }

    @Test("A cookie that was planted before the login is worth nothing after it")
    func fixation() async throws {
        try await withSite { sample in
            _ = try await sample.owner()
            var victim = Visitor(sample.site)
            _ = try await victim.get("/login")
            let planted = victim.cookies
            _ = try await victim.submit("/login", ["password": SampleSite.password], from: "/login")
            #expect(try await victim.get("/system").status == .ok)
            var thief = Visitor(sample.site)
            thief.cookies = planted
            #expect(try await thief.get("/system").headers[.location] == "/login")
        }
    }

    @Test("A new password logs everybody out")
    func newPassword() async throws {
        try await withSite { sample in
            var owner = try await sample.owner()
            let new = "a quite different one"
            let change = ["old": SampleSite.password, "password": new, "again": new]
            #expect(
                try await owner.submit("/system/password", change, from: "/system").headers[.location] == "/login")
            #expect(try await owner.get("/system").headers[.location] == "/login")
            _ = try await owner.submit("/login", ["password": new], from: "/login")
            #expect(try await owner.get("/system").status == .ok)
        }
    }

    @Test("A password that root chose holds at once, and whoever was logged in is out")
    func rootsPassword() async throws {
        try await withSite { sample in
            var owner = try await sample.owner()
            let new = "what root has chosen"
            try PasswordFile(sample.ownerFile).keep(Password(hashing: new))
            #expect(try await owner.get("/system").headers[.location] == "/login")
            let old = try await owner.submit("/login", ["password": SampleSite.password], from: "/login")
            #expect(old.status == .unauthorized)
            _ = try await owner.submit("/login", ["password": new], from: "/login")
            #expect(try await owner.get("/system").status == .ok)
        }
    }

    @Test("A broken file of the password is no first visit")
    func brokenOwnerFile() async throws {
        try await withSite { sample in
            _ = try await sample.owner()
            for content in ["", "\n", "root:x\n", "$y$a\n$y$b\n"] {
                let file = fopen(sample.ownerFile, "w")
                fputs(content, file)
                fclose(file)
                #expect(throws: PasswordError.self) { try Owner(file: sample.ownerFile) }
            }
        }
    }
}

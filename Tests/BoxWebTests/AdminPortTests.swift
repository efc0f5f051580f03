import HTTPTypes
import Hummingbird
import Testing

@testable import BoxWeb

@Suite("Where the owner's pages are at the admin port alone")
struct AdminPortTests {
    private static let port = "10.85.0.1"
    private static let everybodys = ["/", "/live", "/why", "/own-tor", "/style.css", "/live.js", "/favicon.ico"]

    private func owner(_ sample: SampleSite) async throws -> Visitor {
        var owner = Visitor(sample.site, host: Self.port)
        owner.place = Self.port
        _ = try await owner.submit(
            "/welcome", ["password": SampleSite.password, "again": SampleSite.password], from: "/welcome")
        return owner
    }

    @Test("There the first visit, the login and the settings are as ever")
    func there() async throws {
        let sample = try SampleSite(ownerAt: [Self.port])
        defer { sample.remove() }
        var owner = try await owner(sample)
        #expect(try await owner.get("/settings").status == .ok)
        let saved = try await owner.submit("/settings/own-tor", ["policy": "never"], from: "/settings/own-tor")
        #expect(saved.status == .seeOther)
    }

    @Test("On the LAN every other path says where they are, and takes no form, even with the owner's own cookie")
    func elsewhere() async throws {
        let sample = try SampleSite(ownerAt: [Self.port])
        defer { sample.remove() }
        var owner = try await owner(sample)
        var thief = Visitor(sample.site)
        thief.cookies = owner.cookies
        for route in sample.site.router().routes {
            let path = route.path.description.hasPrefix("/") ? route.path.description : "/\(route.path)"
            if Self.everybodys.contains(path) || path.hasPrefix("/language/") { continue }
            let seen =
                route.method == .get
                ? try await thief.get(path) : try await thief.post(path, ["token": owner.cookies["torbox"] ?? ""])
            #expect(seen.status == .forbidden, "\(route.method) \(path)")
            #expect(seen.text.contains("by cable"), "\(path)")
        }
        // What was refused to others is the owner's to see.
        #expect(try await owner.get("/why").text.contains("name=\"device\""))
        #expect(try await !thief.get("/why").text.contains("name=\"device\""))
    }

    @Test("A guest on the LAN sees how the box is, before and after there is an owner, and no way to log in")
    func guest() async throws {
        let sample = try SampleSite(ownerAt: [Self.port])
        defer { sample.remove() }
        var guest = Visitor(sample.site)
        for isOwned in [false, true] {
            if isOwned { _ = try await owner(sample) }
            let home = try await guest.get("/")
            #expect(home.status == .ok && home.text.contains("Protected") && !home.text.contains("href=\"/login\""))
        }
    }
}

import HostSystem
import Testing

@testable import BoxLab

/// Somebody at a client of the lab who reads the box's pages with curl, and keeps the cookies.
struct PageReader {
    let host: LabHost
    let site: String
    private let cookies: String

    static let password = "horse staple battery"

    init(_ host: LabHost, site: String = "http://torbox.lan") {
        self.host = host
        self.site = site
        cookies = "\(LabFolder.run.path)/cookies-\(host.rawValue)"
    }

    /// A page, wherever it leads.
    func read(_ path: String, language: String = "en") async throws -> String {
        try await curl(["--location", "--header", "Accept-Language: \(language)", site + path])
    }

    /// Fills in the form of a page and sends it, as a browser does.
    func submit(_ path: String, _ fields: [String: String], from page: String) async throws -> String {
        let token = try #require(try await read(page).firstMatch(of: /name="token" value="([0-9a-f]+)"/)).output.1
        let words = fields.merging(["token": String(token)]) { $1 }.flatMap {
            ["--data-urlencode", "\($0.key)=\($0.value)"]
        }
        return try await curl(["--location", "--header", "Origin: \(site)"] + words + [site + path])
    }

    /// Chooses the password on the first visit, or logs in with it later.
    func becomeOwner() async throws {
        if try await read("/").contains("/welcome") {
            _ = try await submit("/welcome", ["password": Self.password, "again": Self.password], from: "/welcome")
        } else if try await !read("/").contains("/logout") {
            _ = try await submit("/login", ["password": Self.password], from: "/login")
        }
    }

    /// Follows what the pages tell while it happens, until they end it.
    ///
    /// - Returns: curl's exit code; 28 where they had not ended it in time.
    func follow(_ path: String) async throws -> Int32 {
        try await host.outcome(
            "curl",
            ["--silent", "--no-buffer", "--max-time", "20", "--output", "\(LabFolder.run.path)/\(told)"]
                + ["--cookie", cookies, site + path]
        ).status
    }

    /// Where in the lab's folder what it follows is written as it comes.
    var told: String { "told-\(host.rawValue)" }

    /// The same with a file that the reader has chosen.
    func upload(_ content: String, as file: String, to path: String, _ fields: [String: String], from page: String)
        async throws -> String
    {
        let token = try #require(try await read(page).firstMatch(of: /name="token" value="([0-9a-f]+)"/)).output.1
        let words = fields.merging(["token": String(token)]) { $1 }.flatMap {
            ["--form-string", "\($0.key)=\($0.value)"]
        }
        return try await curl(
            ["--header", "Origin: \(site)", "--form", "\(file)=@-;filename=torbox-backup.asc"] + words + [site + path],
            input: content)
    }

    private func curl(_ words: [String], input: String = "") async throws -> String {
        try await host.run(
            "curl",
            ["--silent", "--show-error", "--max-time", "20", "--cookie", cookies, "--cookie-jar", cookies] + words,
            input: input)
    }
}

import Foundation
import HostSystem
import Testing

@testable import BoxLab

extension Live {
    @Suite("The box's pages in a real browser, by the keyboard", .serialized, .lab)
    struct BrowserTests {
        private static let pages = [
            "home": "/", "devices": "/devices", "tor": "/tor", "why": "/why?destination=203.0.113.80:443",
            "system": "/system", "airlock": "/system/airlock", "backup": "/system/backup",
            "restart": "/system/restart",
            "settings": "/settings", "settings-own-tor": "/settings/own-tor",
            "settings-wifi": "/settings/wifi", "settings-connection": "/settings/connection",
            "settings-countries": "/settings/countries", "settings-tor-lines": "/settings/tor-lines",
            "first-language": "/first/language",
        ]
        private static let windows = [390, 1280].flatMap { width in
            ["en", "fr"].flatMap { language in
                [true, false].map { Visit(width: width, language: language, runsScripts: $0) }
            }
        }

        private func box() async throws -> LabBox {
            let lab = try await Lab.up(checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
            if try lab.box.currentState() != "open" { try await lab.box.start() }
            try await lab.box.waitForClients()
            try await lab.box.waitForPages()
            return lab.box
        }

        /// Wider than the window, or a control that a finger misses.
        private static let fits = """
            document.documentElement.scrollWidth <= window.innerWidth && [...document.querySelectorAll('main button')]
                .every(e => e.getBoundingClientRect().height >= 44)
            """

        @Test("The first visit, with a bad and a good password, with and without scripts", arguments: windows)
        func firstVisit(window: Visit) async throws {
            let box = try await box()
            // As the first day: a password that is not there is chosen.
            try await box.forgetOwner()
            var visit = window
            visit.go("/")
            visit.find("document.documentElement.lang")
            visit.find(Self.fits)
            try visit.picture("welcome")
            visit.type("aaaaaaaaaaaa", into: "#password")
            visit.type("aaaaaaaaaaaa", into: "#again")
            visit.press("#again")
            visit.find("document.querySelector('[role=alert]').textContent.length > 20")
            try visit.picture("welcome-refused")
            visit.type(PageReader.password, into: "#password")
            visit.type(PageReader.password, into: "#again")
            visit.press("#again")
            visit.find("location.pathname + ' ' + document.querySelector('.progress').textContent")
            visit.go("/")
            visit.find("location.pathname + ' ' + document.querySelector('.state h2').textContent")
            let found = try await visit.take()
            #expect(found[0] as? String == window.language)
            #expect(found[1] as? Bool == true && found[2] as? Bool == true)
            let step = window.language == "fr" ? "Étape 1 sur 6" : "Step 1 of 6"
            #expect(found[3] as? String == "/first/language \(step)")
            #expect(found[4] as? String == (window.language == "fr" ? "/ Protégé" : "/ Protected"))
        }

        @Test("Every step of the first visit by the keyboard, with a Wi-Fi refused and then taken", arguments: windows)
        func everyStep(window: Visit) async throws {
            let box = try await box()
            try await box.forgetOwner()
            try await PageReader(.client1).becomeOwner()
            var visit = window
            visit.logIn()
            visit.go("/first/language")
            visit.press(".steps a")
            try visit.picture("first-own-tor")
            visit.press("main form button")
            visit.type("Lab", into: "#name")
            visit.type("é", into: "#password")
            visit.press("#name")
            // A page's own focus comes with its first picture.
            visit.wait(until: "document.activeElement.id === 'remarks'")
            visit.find("location.pathname")
            visit.find("document.querySelector('#password').getAttribute('aria-invalid')")
            visit.find(Self.fits)
            try visit.picture("first-wifi-refused")
            visit.type("four words of the lab", into: "#password")
            visit.press("#name")
            visit.find("location.pathname")
            try visit.picture("first-connection")
            visit.press("main form button")
            try visit.picture("first-promises")
            visit.press("main form button")
            visit.find("location.pathname + ' ' + document.querySelector('dl').textContent.includes('Lab')")
            visit.find(Self.fits)
            try visit.picture("first-done")
            visit.go("/settings/wifi")
            visit.find("document.querySelector('figure svg').getBoundingClientRect().width >= 200")
            try visit.picture("settings-wifi-code")
            let found = try await visit.take()
            let seen = found.map { "\($0)" }
            #expect(seen[0] == "/first/wifi")
            #expect(seen[3] == "/first/connection")
            #expect(seen[4] == "/first/done true")
            #expect(found[1] as? String == "true" && [2, 5, 6].allSatisfy { found[$0] as? Bool == true }, "\(seen)")
        }

        @Test("Each page fits the window and is whole, with and without scripts", arguments: windows)
        func pages(window: Visit) async throws {
            _ = try await box()
            try await PageReader(.client1).becomeOwner()
            try await refuseSomething()
            var visit = window
            visit.logIn()
            for (name, path) in Self.pages {
                visit.go(path)
                visit.find(Self.fits)
                visit.find("document.documentElement.lang")
                try visit.picture(name)
            }
            // The one script ran, or it did not; on a page without what it renews it leaves its variable all the same.
            visit.go("/why")
            visit.find("typeof live !== 'undefined'")
            let found = try await visit.take()
            #expect(found.last as? Bool == window.runsScripts)
            for (index, name) in Self.pages.keys.enumerated() {
                #expect(found[2 * index] as? Bool == true, "\(name)")
                #expect(found[2 * index + 1] as? String == window.language, "\(name)")
            }
        }

        @Test("An open page changes by itself when the box's state does, and the guest's too")
        func live() async throws {
            let box = try await box()
            try await PageReader(.client1).becomeOwner()
            let mark = "\(LabFolder.run.path)/page-is-open"
            var visit = Visit(language: "fr")
            visit.go("/")
            visit.wait(until: "document.querySelector('.state.open') !== null")
            visit.touch(mark)
            visit.wait(until: "document.querySelector('.state.closed') !== null")
            visit.find("document.querySelector('.state').textContent")
            try visit.picture("closed")
            visit.wait(until: "document.querySelector('.state.open') !== null")
            let reader = Task { [visit] in try await visit.take(on: .client2).first as? String }
            try await wait(upTo: .seconds(60), for: "the open page") { FileManager.default.fileExists(atPath: mark) }
            try await box.pullOutUplink()
            try await box.waitFor(state: "closed", limit: .seconds(30))
            // Longer than the page takes to look again.
            try await Task.sleep(for: .seconds(6))
            try await box.plugInUplink()
            let closed = try #require(try await reader.value)
            #expect(closed.contains("Fermée") && closed.contains("Vérifiez le câble"))
        }

        /// So that the page of what was refused has something to show.
        private func refuseSomething() async throws {
            _ = try await LabHost.client1.outcome("ping", ["-c", "1", "-W", "2", "\(Addresses.web)"])
        }

        @Test(
            "Where nobody can confirm the clock, a script fills in the reader's own to be sent; without one it is typed"
        )
        func clock() async throws {
            let box = try await box()
            // Nobody answers at this bridge.
            let bridge = "\(Obfs4Bridge.address):9 \(String(repeating: "0123456789", count: 4))"
            try await box.start(
                clock: .ahead(-7_200), until: "connecting", configured: LabBox.through([bridge]))
            try await box.waitForPages()
            let owner = PageReader(.client1)
            try await owner.becomeOwner()
            for window in Self.windows {
                var visit = window
                visit.logIn()
                visit.go("/system")
                visit.find(Self.fits)
                visit.find("document.getElementById('clock-filled').hidden")
                try visit.picture("clock")
                let found = try await visit.take()
                #expect(found[0] as? Bool == true && found[1] as? Bool == !window.runsScripts)
            }
            #expect(abs(try await box.clockError()) > 7_000)
            var visit = Visit(language: "fr")
            visit.logIn()
            visit.go("/system")
            visit.press("#clock")
            visit.find("location.pathname")
            #expect(try await visit.take().last as? String == "/system")
            try await wait(upTo: .seconds(20), for: "the owner's time") {
                try await Task.sleep(for: .milliseconds(500))
                return try await owner.read("/system").contains("You have set it.")
            }
            #expect(abs(try await box.clockError()) < 60)
            let written = try await owner.submit(
                "/system/time", ["date": "2019-01-01", "clock": "12:00", "zone": "+00:00"], from: "/system")
            #expect(written.contains("did not take this time") && written.contains("the clock can be set from"))
            try await box.start()
            try await box.waitForPages()
        }

        private static let axe = try? Checkout().file(".build/axe/axe.min.js")

        @Test(
            "axe-core finds nothing serious on any page",
            .enabled(if: FileManager.default.fileExists(atPath: axe ?? ""), "scripts/fetch-axe has not been run"),
            arguments: [390, 1280], [false, true])
        func accessibility(width: Int, isDark: Bool) async throws {
            _ = try await box()
            try await PageReader(.client1).becomeOwner()
            try await refuseSomething()
            var visit = Visit(width: width, isDark: isDark)
            let pages = ["/login"] + Self.pages.values
            for path in pages {
                if path != "/login" { visit.logIn() }
                visit.go(path)
                if path == "/" || path == "/devices" { try visit.picture(path == "/" ? "home" : "devices") }
                visit.run(file: Self.axe ?? "")
                visit.find(
                    """
                    axe.run().then(found => found.violations.filter(e => ['serious', 'critical'].includes(e.impact))
                        .map(e => e.id + ': ' + e.nodes.map(n => n.target.join(' ')).join(', ')).join('; '))
                    """)
            }
            let found = try await visit.take()
            #expect(found.count == pages.count)
            for (path, violations) in zip(pages, found) { #expect(violations as? String == "", "\(path)") }
        }
    }
}

extension LabBox {
    /// Waits until the pages answer the clients.
    func waitForPages() async throws {
        try await wait(upTo: .seconds(30), for: "the pages") {
            try await Task.sleep(for: .milliseconds(200))
            return try await LabHost.client1.outcome(
                "curl", ["--silent", "--output", "/dev/null", "http://torbox.lan/"]
            ).status == 0
        }
    }

    /// Makes the next visit the first one, as its owner can who has forgotten the password: as root, on the box.
    func forgetOwner() async throws {
        let first = try #require(try await pages())
        try await LabHost.box.run(
            "rm", ["-f", "\(Self.state.path)/web/owner", "\(Self.state.path)/web/owner-first-visit"])
        try await LabHost.box.run("kill", ["-KILL", first])
        try await wait(upTo: .seconds(30), for: "new pages") { try await pages().map { $0 != first } ?? false }
    }

    /// The process id of the program that serves the pages; `nil` where nobody does.
    func pages() async throws -> String? {
        try await LabHost.box.run("ss", ["-Hltnp", "sport = :80"]).firstMatch(of: /pid=(\d+)/).map {
            String($0.output.1)
        }
    }
}

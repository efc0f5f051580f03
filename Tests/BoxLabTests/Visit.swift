import Foundation
import HostSystem

@testable import BoxLab

/// What somebody at a client of the lab does in Debian's Chromium; see `Lab/browser` for the steps.
struct Visit: Sendable {
    let width: Int
    let language: String
    let runsScripts: Bool
    /// Whether the reader's machine asks for dark colours.
    let isDark: Bool
    private var steps: [[String: [String]]] = []

    init(width: Int = 1280, language: String = "en", runsScripts: Bool = true, isDark: Bool = false) {
        self.width = width
        self.language = language
        self.runsScripts = runsScripts
        self.isDark = isDark
    }

    mutating func go(_ path: String) { steps.append(["goto": ["http://torbox.lan\(path)"]]) }
    mutating func type(_ text: String, into field: String) { steps.append(["type": [field, text]]) }
    /// Presses Enter there, and waits for the page that this leads to.
    mutating func press(_ element: String) { steps.append(["press": [element]]) }
    mutating func run(file: String) { steps.append(["run": [file]]) }
    mutating func find(_ expression: String) { steps.append(["eval": [expression]]) }
    mutating func wait(until expression: String) { steps.append(["until": [expression]]) }
    /// Makes a file, for somebody who waits for this moment.
    mutating func touch(_ file: String) { steps.append(["touch": [file]]) }
    /// The whole page as a picture in the build folder, where a person can look at it.
    mutating func picture(_ name: String) throws {
        let folder = try Checkout().file(".build/screenshots")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let scripts = (runsScripts ? "" : "-no-script") + (isDark ? "-dark" : "")
        steps.append(["screenshot": ["\(folder)/\(name)-\(width)-\(language)\(scripts).png"]])
    }

    mutating func logIn() {
        go("/login")
        type(PageReader.password, into: "#password")
        press("#password")
    }

    /// Does all of it.
    ///
    /// - Returns: what the steps `find` found.
    func take(on host: LabHost = .client1) async throws -> [Any] {
        let visit: [String: Any] = [
            "width": width, "language": language, "script": runsScripts, "dark": isDark, "steps": steps,
        ]
        let input = String(decoding: try JSONSerialization.data(withJSONObject: visit), as: UTF8.self)
        let output = try await host.run(Checkout().file("Lab/browser"), input: input, limit: .seconds(150))
        return try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [Any] ?? []
    }
}

import HostSystem
import NetAddress
import TorControl

extension Check {
    /// Pages that an ordinary browser opens, with no settings.
    static let pages: [Check] = [
        Check("opens a page by name over IPv4") { _ in
            try cameFromAnExit(await page("http://www.example.net/", by: "-4"))
        },
        Check("opens a page over IPv6") { _ in
            try cameFromAnExit(await page("http://[\(Addresses.webV6)]/", by: "-6"))
        },
        Check("opens an onion page, no settings") { scene in
            let text = try await onionPage("http://\(scene.lab.tor.onionAddress)/")
            try expect(text.contains("onion"), "the onion page says \"\(text)\"")
            return "it opened"
        },
        Check("two clients open pages at the same time") { scene in
            try await circuitsAreApart(scene)
        },
    ]

    private static func page(_ address: String, by family: String, from host: LabHost = .client1) async throws -> String
    {
        let text = try await host.run(
            "curl", ["--silent", "--show-error", "--globoff", "--fail", "--max-time", "30", family, address],
            limit: .seconds(40))
        return text.trimmed
    }

    /// Opens it with curl or, where curl refuses onion names by itself (from 8.1 on, RFC 7686), with wget.
    private static func onionPage(_ address: String) async throws -> String {
        let outcome = try await LabHost.client1.outcome(
            "curl", ["--silent", "--show-error", "--fail", "--max-time", "30", address], limit: .seconds(40))
        guard outcome.errors.contains("RFC 7686") else {
            try expect(outcome.status == 0, "curl ends with \(outcome.status): \(outcome.errors)")
            return outcome.output.trimmed
        }
        let output = try await LabHost.client1.run(
            "wget", ["--quiet", "--output-document=-", "--timeout=30", "--tries=1", address], limit: .seconds(40))
        return output.trimmed
    }

    private static func cameFromAnExit(_ text: String) throws -> String {
        let exits = TorNode.relays.filter { $0.role == .exit }.flatMap { ["\($0.address)", "\($0.addressV6)"] }
        guard let exit = exits.first(where: { text.hasSuffix(" \($0)") }) else {
            throw LabError(.check, "the page says \"\(text)\", and that is no exit")
        }
        return "the server saw \(exit), an exit"
    }

    /// Watches tor's own events: which circuit carried whose connection.
    private static func circuitsAreApart(_ scene: Scene) async throws -> String {
        let connection = try await scene.lab.box.torControl()
        try await connection.subscribe(to: [.stream])
        defer { connection.close() }
        let events = connection.events
        async let pages = withThrowingTaskGroup { group in
            for host in [LabHost.client1, .client2] {
                for family in ["-4", "-6"] {
                    group.addTask { try await page("http://www.example.net/", by: family, from: host) }
                }
            }
            return try await group.reduce(into: 0) { count, _ in count += 1 }
        }
        var sources: [String: IPAddress] = [:]
        var clients: [String: Set<IPAddress>] = [:]
        var finished = 0
        for await event in events {
            guard case .stream(let stream) = event else { continue }
            // Only the first event of a stream tells its source, only later ones its circuit.
            if stream.status == .new, stream.target.hasSuffix(":80") { sources[stream.id] = stream.source?.address }
            guard let source = sources[stream.id] else { continue }
            if let circuit = stream.circuit { clients[circuit, default: []].insert(source) }
            if stream.status == .closed { finished += 1 }
            if finished == 4 { break }
        }
        let opened = try await pages
        try expect(opened == 4, "only \(opened) of 4 pages opened")
        let shared = clients.filter { $0.value.count > 1 }
        try expect(shared.isEmpty, "\(shared.count) circuits carried more than one client")
        try expect(clients.count >= 2, "tor told of \(clients.count) circuits for two clients")
        return "\(opened) pages over \(clients.count) circuits, none shared"
    }
}

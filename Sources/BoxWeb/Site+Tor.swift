import BoxAPI
import Hummingbird

extension Site {
    /// Which way the box's tor takes, and what it says of itself.
    func addTorPages(to router: Router<WebContext>) {
        show("/tor", to: .owner, router) { _, context in
            guard case .status(let status) = try await ask(.status), case .doors(let sets) = try await ask(.doors),
                case .torLog(let log) = try await ask(.torLog)
            else { throw HTTPError(.badGateway) }
            // Without a tor there is no such answer, and the page says why.
            var circuits: CircuitsReport?
            if case .circuits(let report) = try await ask(.circuits) { circuits = report }
            let values = [
                torTable(status, sets, context), circuitTable(circuits, status, context), logTable(log, context),
            ]
            return pages.page("tor", values.reduce([:]) { $0.merging($1) { $1 } }, for: context)
        }
        change("/tor/identity", by: .owner, router) { _, context in
            let reply = try await ask(.newIdentity)
            if case .refused(let refusal) = reply { throw refusal }
            guard case .newIdentity(let report) = reply else { throw HTTPError(.badGateway) }
            let words = pages.words(context.language)
            let delay = Quantity(language: context.language).duration(seconds: report.delaySeconds)
            let text = report.delaySeconds == 0 ? words("identity_done") : words("identity_delayed", delay)
            return pages.message(text, back: "/tor", for: context)
        }
    }

    /// So many places are named on the page; the public Tor network has thousands.
    private static let shownDoors = 60
    /// The newest ones; `torbox log` has more.
    private static let shownLines = 60

    private func torTable(_ status: StatusReport, _ sets: [DoorsReport], _ context: WebContext) -> [String: Any] {
        let words = pages.words(context.language)
        func endpoints(_ name: String) -> [String] {
            // The same guards stand in two tables.
            sets.filter { $0.set.hasPrefix("netdev torbox \(name)") }.flatMap(\.endpoints)
        }
        let (doors, guards) = (endpoints("doors"), endpoints("guards"))
        let quantity = Quantity(language: context.language)
        var values: [String: Any] = [
            "version": status.torVersion ?? words("tor_silent"),
            "percent": status.bootstrapPercent ?? 0,
            "percentText": words("state_percent", "\(status.bootstrapPercent ?? 0)"),
            "doorCount": words("tor_doors", quantity.count(doors.count)),
            "doors": Array(doors.prefix(Self.shownDoors)),
            "guardCount": words("tor_guards", quantity.count(guards.count)), "hasGuards": !guards.isEmpty,
        ]
        if doors.count > Self.shownDoors {
            values["furtherDoors"] = words("tor_doors_further", quantity.count(doors.count - Self.shownDoors))
        }
        return values
    }

    private func circuitTable(
        _ report: CircuitsReport?, _ status: StatusReport, _ context: WebContext
    ) -> [String: Any] {
        let words = pages.words(context.language)
        let quantity = Quantity(language: context.language)
        guard let report, !report.circuits.isEmpty else {
            return ["noCircuit": noCircuit(report, status, words)].merging(guardTable(report, context)) { $1 }
        }
        let picture = CircuitPicture(report.circuits)
        var values: [String: Any] = [
            "picture": picture.values, "streams": words("circuits_streams", quantity.count(report.streams)),
            "circuits": picture.circuits.map { circuit -> [String: Any] in
                var text = [words("circuit_\(circuit.purpose.rawValue)")]
                if circuit.streams > 0 { text.append(words("circuits_carries", quantity.count(circuit.streams))) }
                if let age = circuit.ageSeconds { text.append(words("circuits_age", quantity.duration(seconds: age))) }
                return [
                    "text": text.joined(separator: " "),
                    "relays": circuit.relays.map { self.words(for: $0, context) },
                ]
            },
        ]
        if report.furtherCircuits > 0 {
            values["further"] = words("circuits_further", quantity.count(report.furtherCircuits))
        }
        return values.merging(guardTable(report, context)) { $1 }
    }

    private func noCircuit(_ report: CircuitsReport?, _ status: StatusReport, _ words: Words) -> String {
        guard let percent = status.bootstrapPercent, report != nil else { return words("circuits_none_silent") }
        if ["closed", "clock"].contains(status.state) { return words("circuits_none_closed") }
        return percent < 100 ? words("circuits_none_connecting", "\(percent)") : words("circuits_none_open")
    }

    private func guardTable(_ report: CircuitsReport?, _ context: WebContext) -> [String: Any] {
        let words = pages.words(context.language)
        let guards = report?.guards ?? []
        return [
            "guards": guards.map {
                words("guards_state", self.words(for: $0.relay, context), words("guard_\($0.state.rawValue)"))
            }
        ]
    }

    /// Such as `Germany (DE), relay abc: guard, fast`.
    private func words(for relay: CircuitsReport.Relay, _ context: WebContext) -> String {
        let words = pages.words(context.language)
        if relay.isBridge { return words("relay_bridge") }
        let country = relay.country.map { "\(CountryNames(context.language)($0)) (\($0))" } ?? words("relay_nowhere")
        let name = relay.nickname.map { words("relay_name", $0) } ?? words("relay_unnamed")
        let flags = relay.flags.filter { Self.explainedFlags.contains($0) }.map { words("flag_\($0)") }
        return "\(country), \(name)" + (flags.isEmpty ? "" : " (\(flags.joined(separator: ", ")))")
    }

    /// Every relay in use has the others, or a person learns nothing from them.
    private static let explainedFlags = ["Guard", "Exit", "Fast", "Stable"]

    private func logTable(_ log: [TorLogLine], _ context: WebContext) -> [String: Any] {
        let words = pages.words(context.language)
        let quantity = Quantity(language: context.language)
        return [
            "log": log.suffix(Self.shownLines).reversed().map { line -> [String: Any] in
                let severity = words("severity_\(line.severity.rawValue)")
                return ["head": words("torlog_line", quantity.moment(line.time), severity), "text": line.text]
            }
        ]
    }
}

import BoxAPI
import BoxModel
import Hummingbird

extension Site {
    /// The machine, its clock, its airlock, and what the owner may ask of the whole box.
    func addSystemPages(to router: Router<WebContext>) {
        show("/system", to: .owner, router) { _, context in
            guard case .status(let status) = try await ask(.status) else { throw HTTPError(.badGateway) }
            let quantity = Quantity(language: context.language)
            var values: [String: Any] = [
                "version": status.version, "uptime": quantity.duration(seconds: status.uptimeSeconds),
                "notices": status.notices.map(pages.words(context.language).callAsFunction),
            ]
            // What cannot be told is left out; the page says so in its place.
            if case .machine(let machine) = try await ask(.machine) {
                values["machine"] = machineTable(machine, context)
            }
            if case .time(let time) = try await ask(.time) { values["time"] = timeTable(time, context) }
            if case .updates(let updates) = try await ask(.updates) {
                values["updates"] = updatesTable(updates, context)
            }
            return pages.page("system", values, for: context)
        }
        change("/system/time", by: .owner, router) { form, context in
            let words = pages.words(context.language)
            guard let time = WrittenTime("\(form["date"]) \(form["clock"])\(form["zone"])") else {
                return pages.message(
                    words("time_unreadable"), back: "/system", for: context, status: .unprocessableContent)
            }
            if case .refused(let refusal) = try await ask(.setTime(seconds: time.seconds)) {
                return refused(words("time_refused"), refusal, back: "/system", context)
            }
            await outlook.forget()
            return Self.redirect(to: "/system")
        }
        show("/system/airlock", to: .owner, router) { _, context in
            guard case .airlock(let airlock) = try await ask(.airlock) else { throw HTTPError(.badGateway) }
            return pages.page("airlock", airlockTable(airlock, context), for: context)
        }
        addOrder(.restart, at: "restart", router)
        addOrder(.powerOff, at: "power-off", router)
    }

    /// A question whether the owner means it, and the order itself.
    private func addOrder(_ order: BoxAPI.Request, at name: String, _ router: Router<WebContext>) {
        let path = "/system/\(name)"
        let key = order.verb.rawValue
        show(RouterPath(path), to: .owner, router) { _, context in
            let words = pages.words(context.language)
            return pages.page(
                "power",
                [
                    "path": path, "what": words("order_\(key)"), "question": words("question_\(key)"),
                ], for: context)
        }
        change(RouterPath(path), by: .owner, router) { _, context in
            if case .refused(let refusal) = try await ask(order) { throw refusal }
            return pages.message(pages.words(context.language)("ordered_\(key)"), back: "/", for: context)
        }
    }

    private func machineTable(_ machine: MachineReport, _ context: WebContext) -> [String: Any] {
        let words = pages.words(context.language)
        let quantity = Quantity(language: context.language)
        func gauge(_ room: MachineReport.Room) -> [String: Any] {
            [
                "percent": room.total > 0 ? room.used * 100 / room.total : 0,
                "words": words("machine_room", quantity.bytes(room.available), quantity.bytes(room.total)),
            ]
        }
        let temperatures = machine.temperatures.map { temperature -> [String: Any] in
            [
                "degrees": Int(temperature.celsius), "sensor": temperature.sensor,
                "words": words("machine_degrees", quantity.decimal(temperature.celsius)),
            ]
        }
        return [
            "memory": gauge(machine.memory), "disk": gauge(machine.disk), "temperatures": temperatures,
            "hasTemperatures": !temperatures.isEmpty,
            "load": words(
                "machine_load_words", quantity.decimal(machine.load.first ?? 0), quantity.count(machine.processors)),
            "percentOfLoad": min(100, Int((machine.load.first ?? 0) * 100) / max(1, machine.processors)),
            "system": machine.debian.map { "Debian \($0), Linux \(machine.kernel)" } ?? "Linux \(machine.kernel)",
            "uptime": quantity.duration(seconds: machine.uptimeSeconds),
        ]
    }

    private func timeTable(_ time: TimeReport, _ context: WebContext) -> [String: Any] {
        let words = pages.words(context.language)
        let quantity = Quantity(language: context.language)
        func witness(_ witness: ClockWitness, _ opinion: String) -> [String: Any] {
            ["endpoint": witness.endpoint, "relay": witness.relay, "opinion": opinion]
        }
        var values: [String: Any] = [
            "now": quantity.moment(time.now), "trust": words("trust_\(time.trust.rawValue)"),
            "needsOwner": time.trust != .confirmed,
            "bounds": words("time_bounds", quantity.moment(time.earliest), quantity.moment(time.latest)),
            "witnesses": time.agreeing.map { witness($0, words("time_agrees")) }
                + time.dissenting.map {
                    witness($0, words("time_dissents", quantity.duration(seconds: abs($0.deviation))))
                },
            "hasWitnesses": !(time.agreeing + time.dissenting).isEmpty,
            "failures": time.failures, "hasFailures": !time.failures.isEmpty,
            "zones": Self.zones.map { ["zone": $0, "isUsual": $0 == "+00:00"] as [String: Any] },
        ]
        values["notice"] = time.notice
        if let ago = time.checkedSecondsAgo, let behind = time.behind, behind.count == 2 {
            values["checked"] = words(
                "time_checked", quantity.count(time.agreeing.count), quantity.duration(seconds: ago),
                quantity.decimal(behind[0]), quantity.decimal(behind[1]))
        }
        return values
    }

    /// What clocks on earth show, from UTC.
    private static let zones = [
        "-12:00", "-11:00", "-10:00", "-09:30", "-09:00", "-08:00", "-07:00", "-06:00", "-05:00", "-04:00", "-03:30",
        "-03:00", "-02:30", "-02:00", "-01:00", "+00:00", "+01:00", "+02:00", "+03:00", "+03:30", "+04:00", "+04:30",
        "+05:00", "+05:30", "+05:45", "+06:00", "+06:30", "+07:00", "+08:00", "+08:45", "+09:00", "+09:30", "+10:00",
        "+10:30", "+11:00", "+12:00", "+12:45", "+13:00", "+13:45", "+14:00",
    ]

    private func airlockTable(_ airlock: AirlockReport, _ context: WebContext) -> [String: Any] {
        let words = pages.words(context.language)
        let quantity = Quantity(language: context.language)
        let chains = airlock.chains.map { chain -> [String: Any] in
            var values: [String: Any] = [
                "name": chain.name,
                "rules": chain.rules.map { rule -> [String: Any] in
                    [
                        "text": rule.text, "isUnknown": rule.meaning == nil,
                        "words": rule.meaning.map {
                            words("meaning_\($0.rawValue)", quantity.count(rule.places ?? 0))
                        } ?? words("airlock_unknown"),
                    ]
                },
            ]
            values["hook"] = chain.hook
            return values
        }
        return [
            "chains": chains, "hasChains": !chains.isEmpty,
            "sets": airlock.sets.map { ["name": $0.name, "count": quantity.count($0.count)] },
        ]
    }
}

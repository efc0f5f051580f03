import BoxAPI
import Hummingbird

extension Site {
    /// What only the owner may see and do.
    func addOwnerPages(to router: Router<WebContext>) {
        show("/devices", to: .owner, router) { _, context in
            guard case .devices(let devices) = try await ask(.devices) else { throw HTTPError(.badGateway) }
            return pages.page("devices", deviceTable(devices, context), for: context)
        }
        changeDevice("/devices/rename", router) { form in
            .rename(device: form["device"], alias: form["alias"])
        }
        changeDevice("/devices/own-tor", router) { form in
            .ownTor(device: form["device"], isOn: form["on"] == "yes")
        }
        changeDevice("/devices/block", router) { form in .block(device: form["device"]) }
        changeDevice("/devices/unblock", router) { form in .unblock(device: form["device"]) }

        show("/why", to: .owner, router) { request, context in
            let destination = request.uri.queryParameters["destination"].map { String($0.prefix(80)) } ?? ""
            guard !destination.isEmpty else { return pages.page("why", for: context) }
            guard case .why(let report) = try await ask(.why(destination: destination, device: nil)) else {
                throw HTTPError(.badGateway)
            }
            let words = pages.words(context.language)
            return pages.page(
                "why",
                [
                    "destination": report.destination, "fate": words("fate_\(report.fate.rawValue)"),
                    "rule": report.rule,
                ], for: context)
        }
        show("/tor", to: .owner, router) { _, context in
            guard case .status(let status) = try await ask(.status), case .doors(let sets) = try await ask(.doors)
            else { throw HTTPError(.badGateway) }
            return pages.page("tor", torTable(status, sets, context), for: context)
        }
        show("/system", to: .owner, router) { _, context in
            guard case .status(let status) = try await ask(.status), case .doors(let doors) = try await ask(.doors)
            else { throw HTTPError(.badGateway) }
            let quantity = Quantity(language: context.language)
            return pages.page(
                "system",
                [
                    "version": status.version, "uptime": quantity.duration(seconds: status.uptimeSeconds),
                    "state": status.state, "notices": status.notices.map(pages.words(context.language).callAsFunction),
                    "sets": doors.map { ["name": $0.set, "count": quantity.count($0.count)] },
                ], for: context)
        }
        change("/system/password", by: .owner, router) { form, context in
            let words = pages.words(context.language)
            guard form["password"] == form["again"] else {
                return pages.message(
                    words("password_differs"), back: "/system", for: context, status: .unprocessableContent)
            }
            do {
                guard try await owner.change(from: form["old"], to: form["password"]) else {
                    await patience.failed(context.device)
                    return pages.message(words("login_wrong"), back: "/system", for: context, status: .unauthorized)
                }
            } catch let weakness as Password.Weakness {
                return pages.message(
                    words("password_\(weakness.rawValue)"), back: "/system", for: context,
                    status: .unprocessableContent)
            }
            await sessions.endAll()
            return Self.redirect(to: "/login")
        }
        change("/logout", by: .owner, router) { _, context in
            await sessions.end(context.visitor)
            var response = Self.redirect(to: "/")
            response.setCookie(Gate.visitor(Secret().text))
            return response
        }
    }

    private func changeDevice(
        _ path: RouterPath, _ router: Router<WebContext>, _ request: @escaping @Sendable (Form) -> BoxAPI.Request
    ) {
        change(path, by: .owner, router) { form, _ in
            if case .refused(let refusal) = try await ask(request(form)) { throw refusal }
            await outlook.forget()
            return Self.redirect(to: "/devices")
        }
    }

    private func torTable(
        _ status: StatusReport, _ sets: [DoorsReport], _ context: WebContext
    ) -> [String: Any] {
        let words = pages.words(context.language)
        func endpoints(_ name: String) -> [String] {
            // The same guards stand in two tables.
            sets.filter { $0.set.hasPrefix("netdev torbox \(name)") }.flatMap(\.endpoints)
        }
        let (doors, guards) = (endpoints("doors"), endpoints("guards"))
        let quantity = Quantity(language: context.language)
        return [
            "version": status.torVersion ?? words("tor_silent"),
            "percent": status.bootstrapPercent ?? 0,
            "percentText": words("state_percent", "\(status.bootstrapPercent ?? 0)"),
            "doorCount": words("tor_doors", quantity.count(doors.count)), "doors": doors,
            "guardCount": words("tor_guards", quantity.count(guards.count)), "hasGuards": !guards.isEmpty,
        ]
    }

    private func deviceTable(_ devices: [DeviceReport], _ context: WebContext) -> [String: Any] {
        let words = pages.words(context.language)
        let quantity = Quantity(language: context.language)
        let rows = devices.map { device -> [String: Any] in
            var row: [String: Any] = [
                "name": device.name, "isConnected": device.isConnected,
                "presence": device.isConnected
                    ? words("device_here") : words("device_away", quantity.day(device.lastSeen)),
                "address": device.addresses.first ?? "", "ownTor": device.ownTor, "isBlocked": device.isBlocked,
                "hardwareAddress": device.hardwareAddress,
            ]
            if let use = device.use {
                row["use"] = words(
                    "device_use", quantity.bytes(use.sentBytes), quantity.bytes(use.receivedBytes),
                    quantity.count(use.guardsOpened), quantity.count(use.guardsPerDay))
                row["hasOpenedAllGuards"] = use.hasOpenedAllGuards
            }
            return row
        }
        return ["devices": rows, "hasDevices": !rows.isEmpty]
    }
}

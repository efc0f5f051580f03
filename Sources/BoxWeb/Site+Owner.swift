import BoxAPI
import BoxModel
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
            } catch let weakness as PassphraseWeakness {
                return pages.message(
                    words("password_\(weakness.rawValue)"), back: "/system", for: context,
                    status: .unprocessableContent)
            }
            // Which ended all sessions.
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
                if let now = use.now {
                    row["now"] = words("traffic_now", quantity.bytes(now.received), quantity.bytes(now.sent))
                }
            }
            return row
        }
        return ["devices": rows, "hasDevices": !rows.isEmpty]
    }
}

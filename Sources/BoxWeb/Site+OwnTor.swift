import BoxAPI
import HTTPTypes
import Hummingbird

extension Site {
    /// What somebody at a device may choose for this very device, without a login.
    func addOwnTorPages(to router: Router<WebContext>) {
        change("/own-tor", by: .anyone, router) { form, context in
            let view = try await outlook.view()
            let words = pages.words(context.language)
            guard let mine = view.device(at: context.device), Self.mayChoose(mine, view.status) else {
                return pages.message(words("mytor_refused"), back: "/", for: context, status: .forbidden)
            }
            let isOn = form["on"] == "yes"
            if mine.ownTor != isOn {
                // Each change is written to disk.
                guard await guestChanges.begins() else {
                    return pages.message(words("refused_busy"), back: "/", for: context, status: .tooManyRequests)
                }
                // By what no other device can be called meanwhile.
                let change = BoxAPI.Request.ownTor(device: mine.hardwareAddress, isOn: isOn)
                if case .refused(let refusal) = try await ask(change) { throw refusal }
                await outlook.forget()
            }
            return Self.redirect(to: "/")
        }
    }

    /// How it is with the own Tor of the device that asks; `nil` where the box does not know it.
    func myTor(_ view: Outlook.View, _ context: WebContext) -> [String: Any]? {
        guard let mine = view.device(at: context.device), !mine.isBlocked else { return nil }
        let words = pages.words(context.language)
        let state =
            switch view.status.ownTorPolicy {
            case "automatic": "mytor_straight"
            case "chosen" where mine.ownTor: "mytor_straight"
            case "chosen": "mytor_carried"
            default: "mytor_never"
            }
        var values: [String: Any] = ["state": words(state)]
        if Self.mayChoose(mine, view.status) {
            values["mayChoose"] = true
            values["wish"] = mine.ownTor ? "no" : "yes"
            values["button"] = words(mine.ownTor ? "mytor_off" : "mytor_on")
        }
        return values
    }

    private static func mayChoose(_ device: DeviceReport, _ status: StatusReport) -> Bool {
        status.ownTorPolicy == "chosen" && status.guestsChooseOwnTor && !device.isBlocked
    }
}

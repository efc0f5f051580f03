import BoxModel

/// What is made of several keys that are given together or not at all; `nil` after a mistake, inside `nil` for none.
extension Examination {
    mutating func proxy() -> UpstreamProxy?? {
        let kind = value(Schema.proxyKind)
        let address = value(Schema.proxyAddress)
        let user = value(Schema.proxyUser)
        let password = value(Schema.proxyPassword)
        guard let kind, let address, let user, let password else { return nil }
        guard let kind else {
            guard address == nil, user.isEmpty, password.isEmpty else {
                noteConflict(
                    at: [
                        Schema.proxyAddress.entry.path, Schema.proxyUser.entry.path, Schema.proxyPassword.entry.path,
                    ],
                    allowed: "nothing beside proxy.kind \"none\", which it is where it is left out; or the proxy's kind"
                )
                return nil
            }
            return .some(nil)
        }
        guard let address else {
            noteConflict(
                at: [Schema.proxyAddress.entry.path, Schema.proxyKind.entry.path],
                allowed: "the proxy's address and port in proxy.address, or \"none\" in proxy.kind")
            return nil
        }
        if user.isEmpty, password.isEmpty { return .some(UpstreamProxy(kind, at: address)) }
        guard kind != .socks4 else {
            noteConflict(
                at: [Schema.proxyUser.entry.path, Schema.proxyPassword.entry.path],
                allowed: "neither proxy.user nor proxy.password, which SOCKS 4 does not know; or another proxy.kind")
            return nil
        }
        guard !user.isEmpty, !password.isEmpty else {
            noteConflict(
                at: [Schema.proxyUser.entry.path, Schema.proxyPassword.entry.path],
                allowed: "both proxy.user and proxy.password, or neither", reason: Reason(.proxyHalfLogin))
            return nil
        }
        return .some(UpstreamProxy(kind, at: address, login: UpstreamProxy.Login(user: user, password: password)))
    }

    mutating func wifi() -> WiFiNetwork?? {
        let name = value(Schema.wifiName)
        let password = value(Schema.wifiPassword)
        guard let name, let password else { return nil }
        guard name.isEmpty == password.isEmpty else {
            noteConflict(
                at: [Schema.wifiName.entry.path, Schema.wifiPassword.entry.path],
                allowed: "both wifi.name and wifi.password, or neither")
            return nil
        }
        return .some(name.isEmpty ? nil : WiFiNetwork(name: name, password: password))
    }
}

import ArgumentParser
import BoxModel
import Testing

@testable import BoxCommand

@Suite("Settings on the command line")
struct SettingsKeyTests {
    private static let bridge = "192.0.2.3:443 \(String(repeating: "C", count: 40))"

    private func changed(_ key: SettingsKey, _ values: [String], _ settings: Settings = Settings()) throws -> Settings {
        var settings = settings
        try key.set(values, in: &settings)
        return settings
    }

    @Test("A key changes its own setting")
    func changes() throws {
        #expect(try changed(.ownTorPolicy, ["never"]).ownTorPolicy == "never")
        #expect(try changed(.guestsChoose, ["true"]).guestsChooseOwnTor)
        #expect(try changed(.refusedPlaces, ["true"]).notesPlaces)
        #expect(try changed(.reachablePorts, ["80", "443"]).reachablePorts == [80, 443])
        #expect(try changed(.bridges, [Self.bridge]).bridges == [Self.bridge])
        #expect(try changed(.bridges, []).bridges == [])
        #expect(try changed(.exitCountries, ["de"]).exitCountries == ["de"])
        #expect(try changed(.furtherLines, ["a b"]).furtherTorLines == ["a b"])
        let proxy = Settings.Proxy(kind: "socks5", address: "192.0.2.7:1080", user: "box", password: "secret")
        let withProxy = try changed(.proxy, ["socks5", "192.0.2.7:1080", "box", "secret"])
        #expect(withProxy.proxy == proxy)
        #expect(try changed(.proxyUser, ["other"], withProxy).proxy?.user == "other")
        #expect(try changed(.proxy, ["none"], withProxy).proxy == nil)
        #expect(
            try changed(.wifi, ["Home", "long enough"]).wifi == Settings.WiFi(name: "Home", password: "long enough"))
    }

    @Test(
        "What does not fit a key is refused before torboxd is asked, and is not repeated",
        arguments: [
            (SettingsKey.ownTorPolicy, ["a", "b"]), (.guestsChoose, ["maybe-secret"]),
            (.refusedPlaces, ["secret"]), (.reachablePorts, ["secret"]),
            (.proxyPassword, ["secret"]), (.wifiPassword, ["secret"]), (.proxy, ["secret"]), (.wifi, []),
        ])
    func refuses(key: SettingsKey, values: [String]) {
        let error = #expect(throws: ValidationError.self) { try changed(key, values) }
        #expect(error?.message.contains("secret") == false)
    }

    @Test("What was given in confidence is masked unless it is asked for")
    func masks() throws {
        var settings = try changed(.proxy, ["socks5", "192.0.2.7:1080", "somebody", "hidden1"])
        settings = try changed(.wifi, ["Home", "hidden22"], settings)
        settings = try changed(.bridges, [Self.bridge], settings)
        let (masked, revealed) = (settings.words(revealing: false), settings.words(revealing: true))
        for secret in ["somebody", "hidden1", "hidden22", Self.bridge] {
            #expect(!masked.contains(secret) && revealed.contains(secret))
        }
        #expect(masked.contains("wifi.name: Home") && masked.contains("proxy.address: 192.0.2.7:1080"))
    }
}

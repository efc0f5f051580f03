import BoxModel
import Testing

@Suite("Somebody else's words about settings")
struct SettingsSecretsTests {
    private static let fingerprint = String(repeating: "C", count: 38) + "1A"

    private var settings: Settings {
        var settings = Settings()
        settings.bridges = ["obfs4 192.0.2.3:443 \(Self.fingerprint) cert=abcDEF123 iat-mode=0"]
        settings.proxy = Settings.Proxy(kind: "socks5", address: "192.0.2.7:1080", user: "somebody", password: "hidden")
        settings.wifi = Settings.WiFi(name: "Home", password: "three words")
        return settings
    }

    @Test(
        "Nothing that was given in confidence is said again",
        arguments: [
            ("no way to 192.0.2.3:443", "192.0.2.3"), ("[192.0.2.3] is dead", "192.0.2.3"),
            ("$\(fingerprint)~x", fingerprint), ("relay \(fingerprint.lowercased())", fingerprint.lowercased()),
            ("cert=abcDEF123 is odd", "abcDEF123"), ("login somebody:hidden", "somebody"), ("login x:hidden", "hidden"),
            ("psk three words", "three words"),
        ])
    func hides(words: String, secret: String) {
        #expect(!settings.withoutSecrets(words).contains(secret))
    }

    @Test("What is no secret is said as it is")
    func keeps() {
        let words = "Could not bind to 127.0.0.1:9053: obfs4 and iat-mode are no secrets. Home"
        #expect(settings.withoutSecrets(words) == words)
    }

    @Test("Of a snowflake bridge, what every address of the web begins with is no secret")
    func snowflake() {
        var settings = Settings()
        settings.bridges = [
            "snowflake 192.0.2.3:80 \(Self.fingerprint) url=https://broker.example/ ice=stun:stun.example:3478"
        ]
        #expect(settings.withoutSecrets("https and stun for \(Self.fingerprint)") == "https and stun for …")
    }

    @Test("A short secret does not show through by its gaps")
    func short() {
        var settings = Settings()
        settings.proxy = Settings.Proxy(kind: "socks5", address: "192.0.2.7:1080", user: "ab", password: "")
        #expect(settings.withoutSecrets("about").contains("bout") == false)
        #expect(settings.withoutSecrets("nothing of it") == "nothing of it")
    }
}

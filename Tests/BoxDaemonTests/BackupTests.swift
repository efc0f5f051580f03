import BoxAPI
import BoxModel
import BoxRendering
import HostSystem
import Testing

@testable import BoxDaemon

@Suite("A backup of the settings")
struct BackupTests {
    /// As a torboxd that starts its programs itself.
    private static let sealing = Sealing(
        manager: ChildServices(
            paths: DaemonPaths().services, user: "debian-tor", web: "/nonexistent",
            webArguments: WebArguments(try! Sample.configuration(), paths: DaemonPaths().services)))

    private static let passphrase = "correct horse battery"

    private static var settings: Settings {
        var settings = Settings()
        settings.bridges = ["obfs4 192.0.2.7:443 cert=é iat-mode=0"]
        settings.wifi = .init(name: "Küche \"1\"", password: "eight or more")
        return settings
    }

    private func sealed(_ text: String) async throws -> BackupFile {
        try await Self.sealing.seal(text, with: Self.passphrase)
    }

    private func expectRefusal(_ words: String, _ body: () async throws -> Void) async {
        let refusal = await #expect(throws: Refusal.self) { try await body() }
        #expect(refusal?.message.contains(words) == true, "\(refusal?.message ?? "no refusal")")
    }

    @Test("opens with its passphrase, and holds what was put in")
    func opens() async throws {
        let file = try await sealed(Backup(Self.settings).text)
        #expect(file.text.hasPrefix("-----BEGIN PGP MESSAGE-----\n") && !file.text.contains("192.0.2.7"))
        let text = try await Self.sealing.open(file, with: Self.passphrase)
        #expect(try Backup(text: text).settings == Self.settings)
        // Nor do two of them look alike.
        #expect(try await sealed(Backup(Self.settings).text) != file)
    }

    @Test("does not open with another passphrase", arguments: ["correct horse batterz", "", "x\ny", "a\u{0}b"])
    func otherPassphrase(passphrase: String) async throws {
        let file = try await sealed("{}")
        await #expect(throws: Refusal.self) { try await Self.sealing.open(file, with: passphrase) }
    }

    @Test(
        "is not made with a passphrase that protects nothing, nor with one of two lines",
        arguments: [
            "short", "aaaaaaaaaaaa", "password1234", "two lines\nof text", String(repeating: "abcd", count: 100),
        ])
    func weakPassphrase(passphrase: String) async {
        await expectRefusal("passphrase") { _ = try await Self.sealing.seal("{}", with: passphrase) }
    }

    @Test("is refused when a byte of it is another, wherever it is")
    func flipped() async throws {
        let file = try await sealed(Backup(Self.settings).text)
        let bytes = Array(file.text.utf8)
        let start = file.text.utf8.count { _ in true } / 8
        for place in stride(from: start, to: bytes.count - 40, by: 37) where bytes[place] != UInt8(ascii: "\n") {
            var changed = bytes
            changed[place] = bytes[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let file = try #require(BackupFile(changed))
            await expectRefusal("cannot be opened") { _ = try await Self.sealing.open(file, with: Self.passphrase) }
        }
    }

    @Test("is refused when its end is missing", arguments: [30, 100, 200])
    func truncated(length: Int) async throws {
        let file = try await sealed(Backup(Self.settings).text)
        let part = try #require(BackupFile(file.text.utf8.prefix(length)))
        await expectRefusal("cannot be opened") { _ = try await Self.sealing.open(part, with: Self.passphrase) }
    }

    @Test("is refused when nobody has sealed it, whatever passphrase is said")
    func unsealed() async throws {
        // `{"version":1}` as OpenPGP's literal data (RFC 4880, 5.9), neither encrypted nor signed.
        let lines = [
            "-----BEGIN PGP MESSAGE-----", "", "yxN0AAAAAAB7InZlcnNpb24iOjF9", "=xCsp", "-----END PGP MESSAGE-----",
        ]
        let file = try #require(BackupFile((lines.joined(separator: "\n") + "\n").utf8))
        // The program itself has nothing against it.
        let handedOn = try await Self.sealing.gnupg(["--decrypt"]).outcome(input: "\(Self.passphrase)\n\(file.text)")
        #expect(handedOn.status == 0 && handedOn.output == #"{"version":1}"#)
        await expectRefusal("cannot be opened") { _ = try await Self.sealing.open(file, with: Self.passphrase) }
    }

    @Test(
        "has the form of one, or is none",
        arguments: [
            "", "{}", "-----BEGIN PGP SIGNATURE-----\n", "\n-----BEGIN PGP MESSAGE-----\n",
            "-----BEGIN PGP MESSAGE-----\n\u{0}", "-----BEGIN PGP MESSAGE-----\né",
        ])
    func form(text: String) {
        #expect(BackupFile(text.utf8) == nil)
    }

    // Not an argument of the test above: each is printed whole.
    @Test("has the form of one, or is none: too long")
    func formTooLong() {
        let text = "-----BEGIN PGP MESSAGE-----\n" + String(repeating: "A", count: 10_000_000)
        #expect(BackupFile(text.utf8) == nil)
    }

    @Test("that would be too long for one request is not made")
    func tooLong() async {
        // Random letters, which cannot be packed.
        let text = String((0..<80_000).map { _ in Character(UnicodeScalar(UInt8.random(in: 0x21...0x7E))) })
        await expectRefusal("longer than") { _ = try await sealed(text) }
    }

    @Test("that unpacks to more than settings can be is refused")
    func bomb() async throws {
        let file = try await sealed(String(repeating: "a", count: 10_000_000))
        await expectRefusal("cannot be opened") { _ = try await Self.sealing.open(file, with: Self.passphrase) }
    }

    @Test(
        "of a newer version, or of something else, is refused with what to do",
        arguments: [
            (#"{"version":2,"settings":{}}"#, "update this box first"), (#"{"settings":{}}"#, "no settings of a box"),
            ("[]", "no settings of a box"), ("", "no settings of a box"), (#"{"version":1}"#, "incomplete"),
            (#"{"version":1,"settings":{"bridges":7}}"#, "incomplete"),
        ])
    func otherContents(text: String, words: String) async throws {
        await expectRefusal(words) { _ = try Backup(text: text) }
    }

    @Test("runs its program as nobody, and shows it no passphrase but on its standard input")
    func confined() throws {
        let command = Self.sealing.gnupg(["--decrypt"])
        #expect(command.program == "setpriv" && command.arguments.starts(with: ["--reuid", "nobody"]))
        #expect(command.arguments.contains("--no-new-privs"))
        let place = try #require(command.arguments.firstIndex(of: "--passphrase-fd"))
        #expect(command.arguments[place + 1] == "0")
    }
}

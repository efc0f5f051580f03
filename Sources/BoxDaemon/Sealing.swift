import BoxAPI
import BoxModel
import HostSystem

/// Seals a text with a passphrase, and opens it again, by GnuPG: AES-256 with a check that finds every change.
///
/// The passphrase goes to the program as the first line of its standard input, which is a file in memory. It runs
/// without a home, an agent or any right, since what it opens may come from anybody.
struct Sealing: Sendable {
    /// Who lets a command run as another user.
    let manager: any ServiceManager

    /// In bytes, of what was sealed.
    private static let longest = 1 << 20

    /// - Throws: `Refusal` for a passphrase that protects nothing, or a text that is too long; ``HostError``.
    func seal(_ text: String, with passphrase: String) async throws -> BackupFile {
        if let weakness = PassphraseWeakness(of: passphrase) {
            throw Refusal(.badArgument, "the passphrase is \(weakness)")
        }
        try Self.requireOneLine(passphrase)
        let sealed = try await gnupg([
            "--symmetric", "--armor", "--cipher-algo", "AES256", "--s2k-mode", "3", "--s2k-digest-algo", "SHA512",
            "--s2k-count", "65011712", "--output", "-",
        ]).run(input: passphrase + "\n" + text)
        guard let file = BackupFile(sealed.utf8) else {
            throw Refusal(
                .failed,
                "the backup would be longer than \(BackupFile.longest) bytes; take bridges or lines for tor away",
                reason: Reason(.backupTooLong, "\(BackupFile.longest)"))
        }
        return file
    }

    /// - Throws: `Refusal` where the passphrase is not the one, or the file not as it was made.
    func open(_ file: BackupFile, with passphrase: String) async throws -> String {
        try Self.requireOneLine(passphrase)
        let outcome = try await gnupg(["--max-output", "\(Self.longest)", "--decrypt"])
            .outcome(input: passphrase + "\n" + file.text)
        let said = outcome.errors.split(separator: "\n")
        // Text that nobody sealed is handed through without a complaint.
        guard outcome.status == 0, said.contains("[GNUPG:] DECRYPTION_OKAY"), said.contains("[GNUPG:] GOODMDC") else {
            throw Refusal(
                .badArgument,
                """
                the backup cannot be opened: this is not its passphrase, or the file is damaged; type the passphrase \
                again, or take another copy of the file
                """, reason: Reason(.backupUnopened))
        }
        return outcome.output
    }

    private static func requireOneLine(_ passphrase: String) throws(Refusal) {
        guard !passphrase.utf8.contains(where: { [0, 10, 13].contains($0) }),
            passphrase.utf8.count <= PassphraseWeakness.longest
        else {
            throw Refusal(
                .badArgument, "a passphrase is one line of at most \(PassphraseWeakness.longest) letters",
                reason: Reason(.passphraseLine, "\(PassphraseWeakness.longest)"))
        }
    }

    func gnupg(_ arguments: [String]) -> Command {
        let command = Command(
            "gpg",
            [
                "--homedir", "/nonexistent", "--batch", "--no-options", "--no-autostart", "--no-keyring",
                "--no-random-seed-file", "--no-tty", "--quiet", "--lock-never", "--status-fd", "2", "--pinentry-mode",
                "loopback", "--passphrase-fd", "0",
            ] + arguments)
        return manager.command(command, as: "nobody", group: "nogroup")
    }
}

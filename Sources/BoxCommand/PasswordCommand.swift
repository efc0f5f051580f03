import ArgumentParser
import BoxModel
import BoxPassword
import Glibc
import HostSystem

public struct PasswordCommand: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "password", abstract: "Choose the owner's password for the pages, also where it was forgotten.",
        discussion: """
            For root alone. The password is asked twice, or read from standard input. It holds at once: whoever was \
            logged in to the pages is asked for it. The settings stay.
            """)

    @Option(help: ArgumentHelp("Where the pages keep it.", valueName: "path"))
    var owner = "/var/lib/torbox/web/owner"

    @OptionGroup var telling: Telling

    public init() {}

    public func run() throws {
        guard geteuid() == 0 else {
            throw telling.fail(
                .notAdmitted, "only root may choose a password without the old one; say: sudo torbox password")
        }
        do {
            let password = try Password(hashing: Terminal.secret(asking: "New password: ", isNew: true))
            let file = PasswordFile(owner)
            // Where a service may lay links, root has no more rights than that service.
            try UserAccount(owning: file.folder).become()
            try file.keep(password)
        } catch let weakness as PassphraseWeakness {
            throw telling.fail(.refused, "this password is \(weakness)")
        } catch let error as HostError {
            throw telling.fail(.refused, "\(error)")
        } catch let error as PasswordError {
            throw telling.fail(.refused, "\(error)")
        }
        try telling.print(["done": true], "the password is changed; whoever was logged in to the pages is out")
    }
}

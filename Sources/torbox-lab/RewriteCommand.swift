import ArgumentParser
import HostSystem

/// Replaces a small file as the box does; tests end it at each of its system calls.
struct RewriteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "rewrite", shouldDisplay: false)

    @Argument var file: String
    @Argument var text: String

    func run() throws {
        try DurableFile(file).replace(with: text)
    }
}

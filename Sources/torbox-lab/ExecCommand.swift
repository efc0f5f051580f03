import ArgumentParser
import BoxLab
import Glibc

struct ExecCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec", abstract: "Run a command on one of the lab's hosts: exec client1 -- curl www.example.test")

    @Argument(help: "inet, box, client1 or client2.")
    var host: LabHost

    @Argument(help: "The command and its arguments.")
    var command: [String]

    func run() async throws {
        _ = try await Lab.running(checkout: Checkout())
        // The command takes this process's place, and with it the terminal, the signals and the exit code.
        let words = ["ip", "netns", "exec", host.namespace] + command
        var arguments = words.map { strdup($0) } + [nil]
        execvp("ip", &arguments)
        throw LabError(.missing, "ip: cannot be started: \(String(cString: strerror(errno))); install iproute2")
    }
}

extension LabHost: ExpressibleByArgument {}

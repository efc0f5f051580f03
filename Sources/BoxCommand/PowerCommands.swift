import ArgumentParser
import BoxAPI
import HostSystem

public struct RestartCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "restart", abstract: "Close the box and start its machine anew.")

    @OptionGroup var confirmation: Confirmation
    @OptionGroup var asking: Asking

    public init() {}

    public func run() async throws {
        try confirmation.require("Restart the whole machine?")
        try await asking.order(.restart, "the box closes, and its machine starts anew")
    }
}

public struct PowerOffCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "power-off", abstract: "Close the box and switch its machine off.")

    @OptionGroup var confirmation: Confirmation
    @OptionGroup var asking: Asking

    public init() {}

    public func run() async throws {
        try confirmation.require("Switch the whole machine off?")
        try await asking.order(.powerOff, "the box closes, and its machine switches off")
    }
}

/// The owner means it: said in advance, or on the terminal.
struct Confirmation: ParsableArguments {
    @Flag(help: "Do not ask.")
    var yes = false

    func require(_ question: String) throws {
        if yes { return }
        guard Terminal.isThere else { throw ValidationError("nobody is there to ask; say --yes") }
        guard Terminal.line(asking: "\(question) Type yes: ") == "yes" else { throw ExitCode.refused }
    }
}

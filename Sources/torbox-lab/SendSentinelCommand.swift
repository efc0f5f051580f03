import ArgumentParser
import BoxLab

/// Run by the lab inside the box's namespace.
struct SendSentinelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "send-sentinel", shouldDisplay: false)

    func run() throws {
        try Sentinel.sendFromHere()
    }
}

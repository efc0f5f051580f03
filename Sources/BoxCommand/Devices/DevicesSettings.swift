import ArgumentParser
import BoxAPI

struct DevicesRename: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "rename", abstract: "Give a device a name.")

    @Argument(help: "Its name of now, or its hardware address.")
    var device: String

    @Argument(help: "1 to 32 letters, digits, spaces or -_.'")
    var alias: String

    @OptionGroup var asking: Asking

    func run() async throws {
        try await asking.order(.rename(device: device, alias: alias), "\(device) is now called \(alias)")
    }
}

struct DevicesOwnTor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "own-tor", abstract: "Say whether the Tor of a device itself may go straight to its relays.")

    enum Switch: String, ExpressibleByArgument, CaseIterable {
        case on, off
    }

    @Argument(help: "The device's name, or its hardware address.")
    var device: String

    @Argument(help: "on or off.")
    var state: Switch

    @OptionGroup var asking: Asking

    func run() async throws {
        try await asking.order(
            .ownTor(device: device, isOn: state == .on), "own Tor of \(device): \(state.rawValue)")
    }
}

struct DevicesBlock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "block", abstract: "Take all network from a device.")

    @Argument(help: "The device's name, or its hardware address.")
    var device: String

    @OptionGroup var asking: Asking

    func run() async throws {
        try await asking.order(.block(device: device), "\(device) is blocked")
    }
}

struct DevicesUnblock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unblock", abstract: "Give a blocked device its network back.")

    @Argument(help: "The device's name, or its hardware address.")
    var device: String

    @OptionGroup var asking: Asking

    func run() async throws {
        try await asking.order(.unblock(device: device), "\(device) is no longer blocked")
    }
}

extension Asking {
    /// Asks for a change, and says that it holds.
    func order(_ request: Request, _ words: String) async throws {
        guard case .done = try await ask(request) else { throw unexpected() }
        try print(["done": true], words)
    }
}

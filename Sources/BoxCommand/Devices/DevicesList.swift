import ArgumentParser
import BoxAPI

struct DevicesList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the devices that the box remembers.")

    @OptionGroup var asking: Asking

    func run() async throws {
        guard case .devices(let devices) = try await asking.ask(.devices) else { throw asking.unexpected() }
        let lines = devices.map(\.words)
        try asking.print(devices, lines.isEmpty ? "no device was seen yet" : lines.joined(separator: "\n"))
    }
}

extension DeviceReport {
    var words: String {
        var parts = [isConnected ? "here now" : "last here on \(lastSeen)", "since \(firstSeen)"]
        if ownTor { parts.append("own Tor passes") }
        if isBlocked { parts.append("blocked") }
        if let use { parts += use.words }
        return "\(name) (\(hardwareAddress)): \((parts + addresses).joined(separator: ", "))"
    }
}

extension DeviceReport.Use {
    fileprivate var words: [String] {
        var parts = ["sent \(DataAmount(bytes: sentBytes))", "received \(DataAmount(bytes: receivedBytes))"]
        if let now { parts.append("now \(now.words)") }
        if guardsOpened > 0 { parts.append("\(guardsOpened) of \(guardsPerDay) guards used today") }
        if hasOpenedAllGuards { parts.append("has reached its number of guards for today") }
        return parts
    }
}

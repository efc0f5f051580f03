import ArgumentParser
import BoxAPI

public struct MachineCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "machine", abstract: "Say how the machine is: memory, disk, temperature, load, system.")

    @OptionGroup var asking: Asking

    public init() {}

    public func run() async throws {
        guard case .machine(let machine) = try await asking.ask(.machine) else { throw asking.unexpected() }
        try asking.print(machine, machine.words)
    }
}

extension MachineReport {
    var words: String {
        let degrees = temperatures.map { "\($0.sensor) \($0.celsius) °C" }.joined(separator: ", ")
        return """
            memory: \(memory.words)
            disk: \(disk.words)
            temperature: \(degrees.isEmpty ? "no sensor that the kernel knows" : degrees)
            load: \(load.map { "\($0)" }.joined(separator: " ")) on \(processors) processors
            system: \(debian.map { "Debian \($0), " } ?? "")Linux \(kernel)
            up for \(uptimeSeconds / 3_600) h \(uptimeSeconds / 60 % 60) min
            """
    }
}

extension MachineReport.Room {
    fileprivate var words: String { "\(DataAmount(bytes: available)) free of \(DataAmount(bytes: total))" }
}

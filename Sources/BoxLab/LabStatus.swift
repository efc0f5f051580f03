import FoundationEssentials

/// What a person or a tool wants to know of the lab at this moment.
public struct LabStatus: Sendable, Codable {
    public var isUp: Bool
    /// Absent while the lab is down.
    public var record: LabRecord?
    public var onionAddress: String?
    /// The last word of `torboxd` on its state; absent where it has not said one, or is not meant to run.
    public var boxState: String?
    /// The number of processes in each namespace that exists.
    public var processes: [String: Int]

    public static func now(checkout: Checkout) async throws -> LabStatus {
        var processes: [String: Int] = [:]
        for host in LabHost.allCases where Namespace(host: host).exists {
            processes[host.namespace] = try await Namespace(host: host).processes().count
        }
        do {
            let lab = try await Lab.running(checkout: checkout)
            return LabStatus(
                isUp: true, record: lab.record, onionAddress: lab.tor.onionAddress,
                boxState: try boxState(in: lab), processes: processes)
        } catch let error as LabError where error.kind == .notUp {
            return LabStatus(isUp: false, processes: processes)
        }
    }

    private static func boxState(in lab: Lab) throws -> String? {
        switch lab.record.mode {
        case .withoutBox, .naked: nil
        // What it wrote before it died is no longer true.
        case .box: try lab.box.process() == nil ? "torboxd does not run" : lab.box.currentState()
        }
    }

    public var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

extension LabStatus: CustomStringConvertible {
    public var description: String {
        guard isUp, let record else {
            return processes.isEmpty ? "the lab is down" : "the lab is down, with leftovers: run `torbox-lab down`"
        }
        let hosts = processes.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value) processes" }
        return
            (["the lab is up (\(record.mode.rawValue))", "onion page: http://\(onionAddress ?? "")/"]
            + (boxState.map { ["box: \($0)"] } ?? []) + hosts).joined(separator: "\n")
    }
}

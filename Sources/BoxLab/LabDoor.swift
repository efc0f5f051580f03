import Glibc
import HostSystem
import NetAddress

/// An address on the machine's own loopback at which its browser opens the box's pages as one of the lab's clients.
public enum LabDoor: UInt16, Sendable, CaseIterable {
    case client1 = 8084
    case client2 = 8085

    /// As it stands in a browser's address, after `http://`.
    public var host: String { "127.0.0.1:\(rawValue)" }

    private var client: LabHost {
        switch self {
        case .client1: .client1
        case .client2: .client2
        }
    }

    /// Takes connections there, and continues each from the client, until the task is cancelled.
    ///
    /// On the main actor, since a program that is to end with the lab ends with the thread that started it.
    @MainActor
    public static func open() async throws {
        let processes = try allCases.map { door in
            // The box sees a connection of that client, like any other.
            let onward = "TCP:\(Addresses.lan.address):80"
            let command = Command(
                "socat",
                ["TCP-LISTEN:\(door.rawValue),bind=127.0.0.1,fork,reuseaddr"]
                    + ["EXEC:\"ip netns exec \(door.client.namespace) socat STDIO \(onward)\""])
            return try LabProcess.spawn(
                command.endingWithTheLab, log: (LabFolder.logs / "door-\(door.rawValue).log").path)
        }
        defer {
            for process in processes {
                kill(process, SIGTERM)
                waitpid(process, nil, 0)
            }
        }
        try await Task.sleep(for: .seconds(86_400))
    }
}

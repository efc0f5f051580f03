import Glibc
import HostSystem
import NetAddress

/// An address on the machine's own loopback at which its browser opens the box's pages as one of the lab's clients.
public enum LabDoor: UInt16, Sendable, CaseIterable {
    case client1 = 8084
    case client2 = 8085

    /// As it stands in a browser's address, after `http://`.
    public var host: String { "127.0.0.1:\(rawValue)" }

    /// Where the pages are, for a person with a browser.
    public static let invitation = """
        The box's pages, in a browser on this machine:
          http://\(LabDoor.client1.host)/    as client1: who comes first becomes the owner
          http://\(LabDoor.client2.host)/    as client2: a guest, who does not log in
        """

    private var client: LabHost {
        switch self {
        case .client1: .client1
        case .client2: .client2
        }
    }

    private var name: String { "door-\(rawValue)" }
    private var listening: String { "TCP-LISTEN:\(rawValue),bind=127.0.0.1,fork,reuseaddr" }

    /// The box sees a connection of that client, like any other.
    private var onward: String {
        "EXEC:\"ip netns exec \(client.namespace) socat STDIO TCP:\(Addresses.lan.address):80\""
    }

    /// Takes connections there, and continues each from the client, until the task is cancelled.
    public static func open() async throws {
        try await close()
        let processes = try allCases.map { door in
            let log = (LabFolder.logs / "\(door.name).log").path
            let process = try LabProcess.spawn(Command("socat", [door.listening, door.onward]), log: log)
            try LabFolder.processes.write("\(process)\n", to: door.name)
            return process
        }
        try? await Task.sleep(for: .seconds(86_400))
        for process in processes {
            kill(process, SIGTERM)
            waitpid(process, nil, 0)
        }
        try Task.checkCancellation()
    }

    /// Ends what an earlier program left listening.
    static func close() async throws {
        for door in allCases {
            let file = (LabFolder.processes / door.name).path
            try await RunningProcess(pidFile: file, having: door.listening)?.end(limit: .seconds(2))
        }
    }
}

import FoundationEssentials
import Glibc
import HostSystem

/// The network namespace of one host: made, emptied of processes, removed.
struct Namespace {
    let host: LabHost

    private var name: String { host.namespace }
    /// Files here take the place of those in `/etc` for whoever is started inside (see ip-netns(8)).
    private var etc: LabFolder { LabFolder("/etc/netns/\(name)") }
    /// Exists from the first half of `ip netns add`, so that a half-made namespace is found as well.
    private var handle: LabFolder { LabFolder("/run/netns/\(name)") }

    var exists: Bool { handle.exists || etc.exists }

    /// Makes the namespace with its own resolver settings.
    ///
    /// - Parameter nameserver: the address that programs on this host ask for names.
    func make(nameserver: String) async throws {
        try etc.make()
        try etc.write("nameserver \(nameserver)\n", to: "resolv.conf")
        try await Command("ip", ["netns", "add", name]).endingWithTheLab.run()
    }

    /// Applies a batch of ip(8) lines inside the namespace; the first that fails ends it.
    func configure(_ lines: [String]) async throws {
        try await Command("ip", ["-n", name, "-batch", "-"]).endingWithTheLab
            .run(input: lines.joined(separator: "\n") + "\n")
    }

    /// Sets kernel parameters inside the namespace.
    func set(_ parameters: [String]) async throws {
        try await host.run("sysctl", ["-q", "-w"] + parameters)
    }

    /// Ends every process inside: asked first, killed after two seconds.
    func endProcesses() async throws {
        for (signal, limit) in [(SIGTERM, Duration.seconds(2)), (SIGKILL, .seconds(5))] {
            for process in try await processes() { kill(process, signal) }
            do {
                try await wait(upTo: limit, for: "\(name): the end of its processes") { try await processes().isEmpty }
                return
            } catch let error as LabError where error.kind == .timeLimit && signal == SIGTERM {
                continue
            }
        }
    }

    /// Removes the namespace, its devices and its settings; nothing happens where there are none.
    func remove() async throws {
        if handle.exists {
            try await endProcesses()
            try await Command("ip", ["netns", "delete", name]).run()
        }
        try etc.remove()
    }

    /// Whether a process is inside.
    func holds(_ process: pid_t) -> Bool {
        var own = stat()
        var its = stat()
        return stat(handle.path, &own) == 0 && stat("/proc/\(process)/ns/net", &its) == 0
            && own.st_dev == its.st_dev && own.st_ino == its.st_ino
    }

    /// The ids of the processes inside; zombies are not among them.
    func processes() async throws -> [pid_t] {
        guard handle.exists else { return [] }
        let outcome = try await Command("ip", ["netns", "pids", name]).outcome()
        return outcome.output.split(separator: "\n").compactMap { pid_t($0) }
    }
}

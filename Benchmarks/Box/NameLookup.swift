import BoxLab
import Glibc
import LabRun

/// A client's question for an address, answered by the box.
enum NameLookup {
    /// Milliseconds to the answer when the box has forgotten it and asks an exit.
    static func forgotten() async throws -> Double {
        try forget()
        return try await ask()
    }

    /// Milliseconds to the answer when the box knows it.
    static func known() async throws -> Double {
        _ = try await ask()
        return try await ask()
    }

    private static func ask() async throws -> Double {
        let answer = try await LabHost.client1.run("dig", ["-u", "+tries=1", "+time=20", Addresses.webNames[0], "A"])
        guard answer.contains("\(Addresses.web)\n"),
            let words = answer.split(separator: "\n").first(where: { $0.hasPrefix(";; Query time: ") }),
            let microseconds = words.split(separator: " ").compactMap({ Double($0) }).first
        else { throw BenchmarkError("\(Addresses.webNames[0]): the box gave client1 no address:\n\(answer)") }
        return microseconds / 1000
    }

    /// dnsmasq empties its cache at SIGHUP.
    private static func forget() throws {
        let file = LabBox.runtime / "dnsmasq"
        guard let id = try file.read("dnsmasq.pid")?.split(separator: "\n").first.flatMap({ pid_t($0) }),
            kill(id, SIGHUP) == 0
        else { throw BenchmarkError("\(file.path)/dnsmasq.pid: names no running dnsmasq; look at the box's log") }
    }
}

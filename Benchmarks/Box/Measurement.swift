import BoxLab
import Figures
import Foundation
import LabRun
import TorControl

/// All that is measured, in its order, on one lab.
struct Measurement: Sendable {
    /// The size of each download.
    let megabytes: Int
    /// How often each comparison is made.
    let rounds: Int
    /// How long `torboxd` is watched while nothing goes on.
    let idle: Duration

    /// - Returns: the figures; the lab is left up.
    func run(_ checkout: Checkout) async throws -> Report {
        let log = StepLog()
        let loadBefore = try Conditions.load()
        let (lab, starts) = try await LabStart.measure(checkout)
        guard let process = try lab.box.process() else { throw BenchmarkError("box: torboxd does not run") }
        let daemon = MeasuredProcess(id: process.id)
        let tor = try await ControlConnection.connect(socketPath: "\(LabBox.runtime.path)/tor/control.sock")

        try await tor.setConfiguration([TorOption("SocksPort", Route.socksPort)])
        for route in Route.allCases { try await route.requireExit() }
        log("downloads of \(megabytes) MB, \(rounds) by each route")
        let downloads = try await Comparison(rounds: rounds) { try await download(by: $0, tor) }
        log("new connections, \(rounds) rounds by each route")
        let requests = try await Comparison(rounds: rounds, Requests.measure)
        // Not RESETCONF: tor's default is an open SOCKS port, and the box's is none.
        try await tor.setConfiguration([TorOption("SocksPort", "0")])

        log("names")
        var forgotten: [Double] = []
        var known: [Double] = []
        for _ in 0..<(3 * rounds) {
            forgotten.append(try await NameLookup.forgotten())
            known.append(try await NameLookup.known())
        }

        log("torboxd for \(idle) while nothing goes on")
        let cpu = try await idleCPU(of: daemon, in: lab.box)
        return Report(
            conditions: try await Conditions(
                tor: tor.version(), isStatic: daemon.isStaticallyLinked(), loadBefore: loadBefore),
            starts: starts, megabytes: megabytes, downloads: downloads, requests: requests,
            forgottenNames: Sample(forgotten), knownNames: Sample(known),
            memory: try daemon.memory(), idle: idle, idleCPU: cpu)
    }

    /// Megabytes a second, from the first byte to the last.
    private func download(by route: Route, _ tor: ControlConnection) async throws -> Double {
        // Circuits differ; over new ones in each round no route keeps a lucky one. tor grants it every 10 s only.
        try await tor.signal(.newIdentity)
        let transfer = try await route.download(
            bytes: megabytes * 1_000_000, limit: .seconds(60 + 10 * megabytes))
        return Double(megabytes) / (transfer.total - transfer.wait)
    }

    /// Milliseconds of CPU per minute.
    private func idleCPU(of daemon: MeasuredProcess, in box: LabBox) async throws -> (own: Double, programs: Double) {
        let minutes = idle / .seconds(60)
        let before = try daemon.cpu()
        try await Task.sleep(for: idle)
        let after = try daemon.cpu()
        guard try box.currentState()?.prefix(while: { $0 != ":" }) == "open" else {
            throw BenchmarkError("box: no longer open after \(idle) of rest; look at its log")
        }
        return ((after.own - before.own) / minutes, (after.programs - before.programs) / minutes)
    }
}

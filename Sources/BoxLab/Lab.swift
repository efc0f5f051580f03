import HostSystem

/// The lab that is up: four hosts, a private Tor network, a fake internet and, unless told otherwise, the box.
///
/// A value made by ``up(mode:checkout:log:patience:)`` holds the lab's lock until it is gone.
public struct Lab: Sendable {
    public let tor: TorNetwork
    public let box: LabBox
    /// How this lab came up.
    public let record: LabRecord
    private let lock: LabLock?

    private init(checkout: Checkout, record: LabRecord, lock: LabLock?) throws {
        self.tor = try TorNetwork.running()
        self.box = LabBox(checkout: checkout, tor: tor)
        self.record = record
        self.lock = lock
    }

    /// Brings the lab up, or takes over the one that is up and makes its box what `mode` says.
    ///
    /// Leftovers of a killed lab are removed first. Where it is cancelled, it leaves the machine clean; where it fails,
    /// it leaves all as it is, so that somebody can look, and the next `up` or `down` clears up.
    /// - Parameter patience: how long to wait for another lab to finish.
    /// - Throws: ``LabError``.
    public static func up(
        mode: LabMode = .box, checkout: Checkout, log: StepLog = StepLog(), patience: Duration = .zero
    ) async throws -> Lab {
        let lock = try await LabLock.take(patience: patience)
        do {
            if let record = try liveRecord() {
                return try await takeOver(record, mode: mode, checkout: checkout, lock: lock, log: log)
            }
            try await clean()
            let isFromSnapshot = try await build(checkout: checkout, log: log)
            let wires = LabRecord(mode: .withoutBox, isFromSnapshot: isFromSnapshot, seconds: log.elapsed)
            let lab = try Lab(checkout: checkout, record: wires, lock: lock)
            return try await lab.becoming(mode, log: log)
        } catch {
            // A task of its own: what is cancelled cannot run the commands that clear up.
            if Task.isCancelled { try await Task { try await clean() }.value }
            throw error
        }
    }

    /// The lab that is up, without the right to change it.
    ///
    /// - Throws: ``LabError`` of kind `.notUp`.
    public static func running(checkout: Checkout) async throws -> Lab {
        guard let record = try liveRecord() else {
            throw LabError(.notUp, "the lab is not up; run `torbox-lab up`")
        }
        return try Lab(checkout: checkout, record: record, lock: nil)
    }

    /// Takes the lab down, whoever brought it up and whatever state it is in; nothing happens where there is none.
    public static func down(patience: Duration = .zero) async throws {
        let lock = try await LabLock.take(patience: patience)
        try await clean()
        withExtendedLifetime(lock) {}
    }

    /// Takes this lab down.
    public func down() async throws {
        try await Self.clean()
        withExtendedLifetime(lock) {}
    }

    /// Begins to record every frame that leaves the box by its uplink.
    ///
    /// - Parameter file: where to; a file among the lab's own, which `down` removes, where `nil`.
    public func startCapture(to file: String? = nil) async throws -> Capture {
        try await Capture.start(file: file)
    }

    private static func takeOver(
        _ record: LabRecord, mode: LabMode, checkout: Checkout, lock: LabLock, log: StepLog
    ) async throws -> Lab {
        let lab = try Lab(checkout: checkout, record: record, lock: lock)
        guard try record.mode != mode || mode == .box && lab.box.process() == nil else {
            log("the lab is already up")
            return lab
        }
        return try await lab.becoming(mode, log: log)
    }

    /// Makes the box what `mode` says and notes it.
    private func becoming(_ mode: LabMode, log: StepLog) async throws -> Lab {
        switch mode {
        case .withoutBox: try await box.reset()
        case .box:
            log("starting the box")
            try await box.start()
            try await box.waitForClients()
        case .naked: try await box.runNaked()
        }
        var record = record
        record.mode = mode
        record.seconds = log.elapsed
        try record.write()
        log("the lab is up (\(mode.rawValue))")
        return try Lab(checkout: box.checkout, record: record, lock: lock)
    }

    /// The note of `up`, where what it speaks of is still there: a reboot leaves notes without a lab.
    private static func liveRecord() throws -> LabRecord? {
        guard try LabProcess.running(Resolver.name, on: .inet) != nil else { return nil }
        return try LabRecord.read()
    }

    /// - Returns: whether the Tor network came from a snapshot.
    private static func build(checkout: Checkout, log: StepLog) async throws -> Bool {
        for folder in [LabFolder.logs, .processes, .box] { try folder.make() }
        try await FakeClock.build(checkout: checkout)
        try await Topology.build()
        log("namespaces and wires")
        try await UplinkRouter.start()
        try await Resolver.start()
        try await WebServer.start(checkout: checkout)
        for client in [LabHost.client1, .client2] {
            try await DHCPClient.start(on: client, device: "eth0", checkout: checkout)
        }
        let isFromSnapshot = try await TorNetwork.start(log)
        log("Tor network listening (\(TorNode.relays.count) relays)")
        return isFromSnapshot
    }

    /// Removes every trace of a lab but the stored Tor network.
    private static func clean() async throws {
        try await LabDoor.close()
        for host in LabHost.allCases { try await Namespace(host: host).remove() }
        try LabFolder.run.remove()
        try FakeClock.removeLibrary()
        try Snapshot.removeUnfinished()
    }
}

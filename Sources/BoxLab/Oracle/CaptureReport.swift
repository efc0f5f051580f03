import NetFrames

/// What the oracle says of a whole capture: the number that must be 0, and enough to find the reason where it is not.
public struct CaptureReport: Sendable {
    public private(set) var frames = 0
    public private(set) var refused = 0
    public private(set) var allowed: [Verdict.Kind: Int] = [:]
    /// One line each for the first frames that were refused.
    public private(set) var refusals: [String] = []
    /// What allowed frames told without need, each once.
    public private(set) var remarks: Set<String> = []

    private let oracle: Oracle
    private var firstTime: Int64?
    private static let longestList = 20

    public init(oracle: Oracle) {
        self.oracle = oracle
    }

    /// Judges every frame of a capture file.
    ///
    /// - Parameter path: frames that *left* the uplink only, as `tcpdump -Q out` on it or `-Q in` on its peer sees
    ///   them.
    /// - Throws: ``FrameError`` of kind `.capture` where the file cannot be read to its end.
    public init(path: String, oracle: Oracle) throws(FrameError) {
        self.init(oracle: oracle)
        let reader = try PcapReader(path: path)
        while let frame = try reader.next() {
            add(frame)
        }
    }

    /// Whether frames were seen and the row allows each of them.
    public var holds: Bool { frames > 0 && refused == 0 }

    public mutating func add(_ captured: CapturedFrame) {
        frames += 1
        let start = firstTime ?? captured.time
        firstTime = start
        switch oracle.judge(captured.bytes) {
        case .allowed(let kind, let new):
            allowed[kind, default: 0] += 1
            remarks.formUnion(new)
        case .refused(let reason):
            refused += 1
            guard refusals.count < Self.longestList else { return }
            let milliseconds = (captured.time - start) / 1_000_000
            let what = (try? Frame(parsing: captured.bytes))?.description ?? "\(captured.bytes.count) bytes"
            refusals.append("frame \(frames) at \(milliseconds) ms: \(what): \(reason)")
        }
    }
}

extension CaptureReport: CustomStringConvertible {
    public var description: String {
        var lines = ["\(frames) frames, \(refused) not allowed"]
        lines += Verdict.Kind.allCases.compactMap { kind in
            allowed[kind].map { "  \($0) \(kind.rawValue)" }
        }
        lines += refusals.map { "  refused: \($0)" }
        if refused > refusals.count { lines.append("  and \(refused - refusals.count) more") }
        lines += remarks.sorted().map { "  remark: \($0)" }
        return lines.joined(separator: "\n")
    }
}

import BoxLab

/// What wrk saw: 16 connections that ask again as soon as they are answered.
struct Load: Sendable {
    let requestsPerSecond: Double
    /// The time within which 99 of 100 requests were answered, in milliseconds.
    let slowest: Double

    static func measure(_ address: String, seconds: Int) async throws -> Load {
        let output = try await LabHost.box.run(
            "wrk", ["--threads", "1", "--connections", "16", "--duration", "\(seconds)s", "--latency", address],
            limit: .seconds(seconds + 30))
        guard let rate = output.firstMatch(of: /Requests\/sec:\s+([\d.]+)/).flatMap({ Double($0.output.1) }),
            let slowest = output.firstMatch(of: /99%\s+([\d.]+)(us|ms|s)/), let value = Double(slowest.output.1)
        else { throw LabError(.check, "wrk: no figures in what it said:\n\(output)") }
        // A refusal is answered faster than a page.
        guard !output.contains("Non-2xx") else {
            throw LabError(.check, "wrk: not every answer was a page:\n\(output)")
        }
        let milliseconds = ["us": 0.001, "ms": 1, "s": 1000][slowest.output.2]!
        return Load(requestsPerSecond: rate, slowest: value * milliseconds)
    }
}

import LabRun

/// One page as curl measured it.
struct Transfer: Sendable {
    let bytes: Double
    /// Seconds from the start to the first byte of the answer.
    let wait: Double
    /// Seconds from the start to the last byte.
    let total: Double

    static let format = "%{num_connects} %{size_download} %{time_starttransfer} %{time_total}\n"

    /// Reads a line in ``format``.
    init(_ line: String) throws {
        let numbers = line.split(separator: " ").compactMap { Double($0) }
        guard numbers.count == 4, numbers[0] == 1 else {
            throw BenchmarkError("curl: \"\(line)\" does not speak of one page over a new connection")
        }
        (bytes, wait, total) = (numbers[1], numbers[2], numbers[3])
    }
}

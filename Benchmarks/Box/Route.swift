import BoxLab
import Foundation
import LabRun

/// A way to the lab's web server through the box's one tor.
enum Route: Sendable, CaseIterable {
    /// An ordinary client, whose connections the box turns to tor's TransPort.
    case box
    /// A program on the box itself that speaks SOCKS to the same tor.
    case socks

    /// Opened by the benchmark; the box has no SOCKS port of its own.
    static let socksPort = "127.0.0.1:9050"

    private var host: LabHost {
        switch self {
        case .box: .client1
        case .socks: .box
        }
    }

    private var proxy: [String] {
        switch self {
        case .box: []
        case .socks: ["--socks5", Self.socksPort]
        }
    }

    /// Fetches one page of a given size.
    ///
    /// - Throws: what curl said, or ``BenchmarkError`` where not all came.
    func download(bytes: Int, limit: Duration) async throws -> Transfer {
        let transfers = try await curl(["http://\(Addresses.web)/bytes/\(bytes)"], limit: limit)
        guard transfers.count == 1, transfers[0].bytes == Double(bytes) else {
            throw BenchmarkError("download of \(bytes) bytes: not all came")
        }
        return transfers[0]
    }

    /// Fetches an empty page again and again with one curl, each time over a connection of its own.
    ///
    /// Empty, since a body would come in a second segment, on which tor's scheduler spends more than all the rest.
    func fetchEmptyPage(times count: Int, _ pace: Pace) async throws -> [Transfer] {
        // Under another host name each time, or curl would use a connection again.
        let pages = ["--resolve", "*:80:\(Addresses.web)", "http://page[1-\(count)].example/bytes/0"]
        let transfers = try await curl(
            ["--header", "Connection: close"] + pace.arguments + pages, limit: .seconds(120))
        guard transfers.count == count else {
            throw BenchmarkError("\(count) empty pages: \(transfers.count) came")
        }
        return transfers
    }

    /// The server is reached by its address, since names are measured on their own.
    private func curl(_ arguments: [String], limit: Duration) async throws -> [Transfer] {
        let output = try await host.run(
            "curl",
            ["--silent", "--show-error", "--fail", "--output", "/dev/null", "--write-out", Transfer.format]
                + proxy + arguments,
            limit: limit)
        return try output.split(separator: "\n").map { try Transfer(String($0)) }
    }

    /// Throws where the web server does not see an exit's address: then nothing here measures Tor.
    func requireExit() async throws {
        let page = try await host.run("curl", ["--silent", "--fail"] + proxy + ["http://\(Addresses.web)/"])
        let exits = TorNode.all.filter { $0.role == .exit }.map { "you came from \($0.address)\n" }
        guard exits.contains(page) else {
            throw BenchmarkError("\(host.namespace): the web server said \"\(page)\", which is no exit of the lab")
        }
    }
}

import Foundation
import HostSystem

/// On what the figures were measured; without it they say nothing.
struct Conditions: Sendable, CustomStringConvertible {
    private let lines: [String]

    /// - Parameters:
    ///   - tor: tor's version.
    ///   - isStatic: whether `torboxd` carries Swift's libraries within.
    ///   - loadBefore: what ``load()`` said before anything was started.
    init(tor: String, isStatic: Bool, loadBefore: String) async throws {
        let processor = try Self.value(of: "model name", in: "/proc/cpuinfo", separator: ":")
        let memory = try Self.value(of: "MemTotal", in: "/proc/meminfo", separator: ":")
        let system = try Self.value(of: "PRETTY_NAME", in: "/etc/os-release", separator: "=")
        let kernel = try Self.text("/proc/sys/kernel/osrelease")
        let swift = try await Command("swift", ["--version"]).run().split(separator: "\n").first ?? ""
        lines = [
            "date      \(Date().formatted(.iso8601))",
            "machine   \(ProcessInfo.processInfo.activeProcessorCount) cores (\(processor)), \(memory) of memory",
            "system    \(system), kernel \(kernel)",
            "programs  tor \(tor); \(swift); torboxd built for \(Self.build), Swift \(isStatic ? "within" : "beside")",
            "load      \(loadBefore) before, \(try Self.load()) after (over 1, 5 and 15 minutes)",
        ]
    }

    var description: String { lines.joined(separator: "\n") }

    /// The machine's load averages.
    static func load() throws -> String {
        try text("/proc/loadavg").split(separator: " ").prefix(3).joined(separator: " ")
    }

    /// The programs of the box are built together with this one.
    private static var build: String {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }

    private static func text(_ file: String) throws -> String {
        try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// What a file of `KEY: VALUE` lines says first for a key; `unknown` where it says nothing, as some processors do.
    private static func value(of key: String, in file: String, separator: Character) throws -> String {
        let line = try text(file).split(separator: "\n").first { $0.hasPrefix(key) }
        let value = line?.split(separator: separator, maxSplits: 1).last
        return value?.trimmingCharacters(in: [" ", "\t", "\""]) ?? "unknown"
    }
}

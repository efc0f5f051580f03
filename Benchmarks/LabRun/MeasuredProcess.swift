import BoxLab
import Foundation

/// A program of the box at work, as the kernel counts it (proc(5)).
package struct MeasuredProcess: Sendable {
    private let folder: LabFolder

    package init(id: some BinaryInteger) {
        folder = LabFolder("/proc/\(id)")
    }

    /// Resident memory in MiB, and the part of it that no other process shares.
    package func memory() throws -> (resident: Double, own: Double) {
        let own = try kilobytes("Private_Clean:", in: "smaps_rollup") + kilobytes("Private_Dirty:", in: "smaps_rollup")
        return (try kilobytes("VmRSS:", in: "status") / 1024, own / 1024)
    }

    /// Milliseconds of CPU used since the start: its own, and those of the programs that it ran to their end.
    package func cpu() throws -> (own: Double, programs: Double) {
        // The name in parentheses may hold spaces; what follows begins with field 3.
        let fields = try text("stat").split(separator: ")").last!.split(separator: " ").map { Double($0) ?? 0 }
        let tick = 1000 / Double(sysconf(Int32(_SC_CLK_TCK)))
        return ((fields[11] + fields[12]) * tick, (fields[13] + fields[14]) * tick)
    }

    /// Whether it carries Swift's libraries within, as on the appliance, instead of loading them.
    package func isStaticallyLinked() throws -> Bool {
        try !text("maps").contains("/libswiftCore.so")
    }

    private func kilobytes(_ field: String, in file: String) throws -> Double {
        let words = try text(file).split(separator: "\n").first { $0.hasPrefix(field) }?.split { " \t".contains($0) }
        guard let words, words.count > 1, let value = Double(words[1]) else {
            throw BenchmarkError("\(folder.path)/\(file): has no \(field)")
        }
        return value
    }

    private func text(_ file: String) throws -> String {
        guard let text = try folder.read(file) else { throw BenchmarkError("\(folder.path): the program has ended") }
        return text
    }
}

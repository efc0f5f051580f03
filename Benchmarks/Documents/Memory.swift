import Foundation
import TorDocuments

/// What a verified consensus keeps in memory, and how much is needed on the way to it.
struct Memory {
    let network: SyntheticNetwork

    init(folder: String) throws {
        network = SyntheticNetwork(existing: URL(filePath: folder))
    }

    func report() throws {
        let certificates = try network.certificates()
        let before = try resident("VmRSS")
        let consensus = try network.verify(
            UncheckedConsensus(parsing: readFile(network.consensus.path)), certificates)
        let after = try resident("VmRSS")
        let peak = try resident("VmHWM")
        let useful = consensus.relays.count * MemoryLayout<Relay>.stride
        let document = try readFile(network.consensus.path).count
        print(
            "kept              \(size(after - before))  \(ratio(after - before, useful)) of the relays' own \(size(useful)) (aim: at most 3)"
        )
        print(
            "at the most       \(size(peak - before))  \(ratio(peak - before, document + useful)) of document and relays"
        )
    }

    /// A field of the process's status, in bytes.
    private func resident(_ field: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("\(field):") }!
        return Int(line.split { $0 == " " || $0 == "\t" }[1])! * 1024
    }

    private func size(_ bytes: Int) -> String { String(format: "%6d KiB", bytes / 1024) }

    private func ratio(_ one: Int, _ other: Int) -> String {
        String(format: "%7.2f times", Double(one) / Double(other))
    }
}

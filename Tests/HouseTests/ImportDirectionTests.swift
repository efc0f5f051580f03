import Foundation
import Testing

/// The layers of ARCHITECTURE.md, lowest first. A target imports only from lower layers.
private let layers: [[String]] = [
    ["CCrypt", "CLinux", "CNftables", "COpenSSL", "CQREncode", "NetAddress"],
    ["NetFrames", "HostSystem", "Nftables", "NftablesReading", "QRCode", "TorControl", "TorDocuments"],
    ["BoxModel", "TorLink"],
    ["BoxConfiguration"],
    ["BoxRendering", "BoxFirewall", "BoxSupervisor", "BoxDevices", "BoxTime", "BoxAPI", "BoxPassword"],
    ["BoxDaemon", "BoxLab", "BoxCommand", "BoxWeb"],
    ["torboxd", "torbox", "torbox-clock", "torbox-lab", "torbox-web"],
]

@Suite("The house")
struct ImportDirectionTests {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources").standardizedFileURL

    @Test("Every target has its place in the layers")
    func knowsEveryTarget() throws {
        let targets = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
        #expect(Set(targets) == Set(layers.joined()))
    }

    @Test("Imports point downward only", arguments: layers.joined())
    func importsPointDownward(target: String) throws {
        let floor = try #require(layers.firstIndex { $0.contains(target) })
        let below = Set(layers[..<floor].joined())
        let own = Set(layers.joined())
        for file in try Self.swiftFiles(of: target) {
            for imported in try Self.imports(in: file) where own.contains(imported) {
                #expect(below.contains(imported), "\(file.lastPathComponent) imports \(imported)")
            }
        }
    }

    @Test("A file has at most 300 lines, an executable's main file fewer than 60", arguments: layers.joined())
    func filesAreSmall(target: String) throws {
        for file in try Self.swiftFiles(of: target) {
            let lines = try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            let isMain = lines.contains("@main")
            #expect(lines.count <= (isMain ? 60 : 300), "\(file.lastPathComponent) has \(lines.count) lines")
        }
    }

    private static func swiftFiles(of target: String) throws -> [URL] {
        let folder = sources.appending(path: target)
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
    }

    private static func imports(in file: URL) throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard let keyword = words.firstIndex(of: "import"), keyword <= 2, keyword + 1 < words.count,
                words[..<keyword].allSatisfy({
                    $0.first == "@" || $0 == "public" || $0 == "internal" || $0 == "private"
                })
            else { return nil }
            return String(words.last!.split(separator: ".")[0])
        }
    }
}

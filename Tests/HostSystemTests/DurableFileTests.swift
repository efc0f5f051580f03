import Foundation
import HostSystem
import Testing

@Suite("Durable files")
struct DurableFileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "torbox-\(UUID().uuidString)").path

    @Test("A file holds what was written last, with the mode asked for")
    func replaces() throws {
        try inFolder {
            let file = DurableFile(folder + "/file")
            try file.replace(with: "old", mode: 0o600)
            try file.replace(with: "new", mode: 0o600)
            #expect(String(decoding: try file.read(), as: UTF8.self) == "new")
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
        }
    }

    @Test("A group may be given the file, whoever left a draft there", .enabled(if: getuid() == 0))
    func group() throws {
        try inFolder {
            let file = DurableFile(folder + "/file")
            try Data("ha".utf8).write(to: URL(filePath: file.path + ".new"))
            try file.replace(with: "new", mode: 0o640, group: 65_534)
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(attributes[.groupOwnerAccountID] as? Int == 65_534)
            #expect(attributes[.ownerAccountID] as? Int == 0)
            #expect(attributes[.posixPermissions] as? Int == 0o640)
        }
    }

    @Test("A half-written file beside it does no harm")
    func survivesACut() throws {
        try inFolder {
            let file = DurableFile(folder + "/file")
            try file.replace(with: "whole")
            try Data("ha".utf8).write(to: URL(filePath: file.path + ".new"))
            #expect(String(decoding: try file.read(), as: UTF8.self) == "whole")
            try file.replace(with: "next")
            #expect(String(decoding: try file.read(), as: UTF8.self) == "next")
        }
    }

    @Test("A file over the limit is refused, and so is a missing one")
    func refuses() throws {
        try inFolder {
            let file = DurableFile(folder + "/file")
            #expect(throws: HostError.self) { try file.read() }
            try file.replace(with: String(repeating: "x", count: 100))
            #expect(throws: HostError.self) { try file.read(limit: 99) }
            #expect(try file.read(limit: 100).count == 100)
        }
    }

    @Test("A write that fails leaves the old content")
    func keepsTheOld() throws {
        try inFolder {
            let file = DurableFile(folder + "/file")
            try file.replace(with: "old")
            // A folder in the place of the draft makes the write fail, for root too.
            try FileManager.default.createDirectory(atPath: file.path + ".new", withIntermediateDirectories: false)
            #expect(throws: HostError.self) { try file.replace(with: "new") }
            #expect(String(decoding: try file.read(), as: UTF8.self) == "old")
        }
    }

    @Test("A link in the place of the draft is not followed")
    func followsNoLink() throws {
        try inFolder {
            let other = DurableFile(folder + "/other")
            try other.replace(with: "another's")
            let file = DurableFile(folder + "/file")
            try FileManager.default.createSymbolicLink(atPath: file.path + ".new", withDestinationPath: other.path)
            #expect(throws: HostError.self) { try file.replace(with: "new") }
            #expect(String(decoding: try other.read(), as: UTF8.self) == "another's")
        }
    }

    enum Stranger: CaseIterable {
        case link, linkToDevice, pipe, folder
    }

    @Test("In a stranger's folder only a plain file is read, and nothing makes it wait", arguments: Stranger.allCases)
    func distrusts(stranger: Stranger) throws {
        try inFolder {
            let plain = DurableFile(folder + "/plain")
            try plain.replace(with: "plain")
            #expect(String(decoding: try plain.readUntrusted(limit: 5), as: UTF8.self) == "plain")
            #expect(throws: HostError.self) { try plain.readUntrusted(limit: 4) }
            let file = DurableFile(folder + "/file")
            switch stranger {
            case .link: try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: plain.path)
            case .linkToDevice:
                try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: "/dev/null")
            case .pipe: #expect(mkfifo(file.path, 0o600) == 0)
            case .folder: try Folder(file.path).make(mode: 0o700)
            }
            let error = #expect(throws: HostError.self) { try file.readUntrusted() }
            #expect(error?.message.contains("replace it by a plain file") == true)
        }
    }

    private func inFolder(_ body: () throws -> Void) throws {
        try Folder(folder).make(mode: 0o700)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body()
    }
}

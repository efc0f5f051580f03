import Foundation
import Glibc
import HostSystem

@testable import BoxLab

/// What a broken or hostile tor can lay in the place of its consensus, in its own data directory.
enum LaidConsensus: String, CaseIterable, Sendable {
    // Neighbours are refused for different reasons, since the same one is reported once.
    case truncated, changedAfterSigning, sparseGigabyte, binary, pipe, oneSignature, gigabyte, from2036, folder
    case relayTwice, linkToConsensus, carriageReturns, empty

    /// What the log must say of it.
    var complaint: String {
        switch self {
        case .truncated: "consensus, line "
        case .changedAfterSigning: "signed by 0 of 3"
        case .oneSignature: "signed by 1 of 3"
        case .sparseGigabyte, .gigabyte: "larger than 33554432 bytes"
        case .binary: "a zero byte"
        case .pipe, .folder: "a folder, pipe or device"
        case .linkToConsensus: "a link"
        case .from2036: "becomes valid "
        case .relayTwice: "stands there twice"
        case .carriageReturns: "consensus, line 1: "
        case .empty: "consensus: empty"
        }
    }

    static let place = LabBox.state / "tor" / "cached-microdesc-consensus"

    /// Lays it there, as tor's own user would.
    func lay() async throws {
        let draft = Self.place.path + ".draft"
        let good = try String(contentsOfFile: Self.place.path, encoding: .utf8)
        switch self {
        case .truncated: try write(String(good.prefix(good.count * 2 / 3)), to: draft)
        case .changedAfterSigning: try write(Self.withHostileGuard(good), to: draft)
        case .oneSignature: try write(Self.withFirstSignature(good), to: draft)
        case .carriageReturns: try write(good.replacing("\n", with: "\r\n"), to: draft)
        case .empty: try write("", to: draft)
        case .binary:
            try Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }).write(to: URL(filePath: draft))
        case .sparseGigabyte: try await Command("truncate", ["--size", "1G", draft]).run()
        case .gigabyte:
            // Relays without an end.
            try write(good, to: draft)
            let copy = "head --bytes=1G <(yes \"$(cat \"$1\")\") >\"$1.big\" && mv \"$1.big\" \"$1\""
            try await Command("bash", ["-c", copy, "bash", draft]).run(limit: .seconds(60))
        case .pipe: try await Command("mkfifo", [draft]).run()
        case .folder: try FileManager.default.createDirectory(atPath: draft, withIntermediateDirectories: false)
        case .linkToConsensus:
            let other = TorNode.authorities[0].folder / "cached-microdesc-consensus"
            try FileManager.default.createSymbolicLink(atPath: draft, withDestinationPath: other.path)
        case .from2036:
            let start = Consensus.moment(of: "2036-01-01 00:00:00")
            try await write(
                Self.signed(Edition().text(from: good, validAfter: start, validUntil: start + 10_800)), to: draft)
        case .relayTwice: try await write(Self.signed(Self.withRelayTwice(good)), to: draft)
        }
        try Self.replace(by: draft)
    }

    /// Lays a consensus there that is as good as any, and in which the hostile relay is a guard.
    static func layGuard() async throws {
        let draft = place.path + ".draft"
        let good = try String(contentsOfFile: place.path, encoding: .utf8)
        guard let start = Consensus(good).validAfter else { throw LabError(.tor, "\(place.path): no valid-after") }
        let edition = Edition(guards: Edition.usualGuards.union([HostileRelay.node]))
        let text = edition.text(from: good, validAfter: start + 300, validUntil: start + 36_000)
        try await signed(text).write(toFile: draft, atomically: false, encoding: .utf8)
        try replace(by: draft)
    }

    /// Puts back what was there.
    static func restore(_ content: Data) throws {
        let draft = place.path + ".draft"
        try content.write(to: URL(filePath: draft))
        try replace(by: draft)
    }

    /// By another file, and not by other content of the same one, which tor may have mapped.
    private static func replace(by draft: String) throws {
        guard let user = getpwnam(TorNode.user), lchown(draft, user.pointee.pw_uid, user.pointee.pw_gid) == 0 else {
            throw LabError(.missing, "\(draft): cannot be given to \(TorNode.user)")
        }
        try FileManager.default.removeItem(atPath: place.path)
        try FileManager.default.moveItem(atPath: draft, toPath: place.path)
    }

    private func write(_ text: String, to path: String) throws {
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    private static func signed(_ text: String) async throws -> String {
        let workshop = LabFolder.run / "laid"
        try workshop.make()
        return try await EditionSigning(folder: workshop).signed(text, as: .microdesc)
    }

    /// With the signatures of what it was before.
    private static func withHostileGuard(_ consensus: String) throws -> String {
        guard let start = Consensus(consensus).validAfter else { throw LabError(.tor, "\(place.path): no valid-after") }
        let edition = Edition(guards: Edition.usualGuards.union([HostileRelay.node]))
        return edition.text(from: consensus, validAfter: start, validUntil: start + 36_000)
            + consensus.components(separatedBy: "directory-signature ").dropFirst().joined(
                separator: "directory-signature ")
    }

    private static func withFirstSignature(_ consensus: String) -> String {
        let parts = consensus.components(separatedBy: "directory-signature ")
        return parts[0] + "directory-signature " + parts[1]
    }

    /// Up to where the signatures begin, with one relay's entry twice.
    private static func withRelayTwice(_ consensus: String) -> String {
        var entries = consensus.components(separatedBy: "\nr ")
        entries.insert(entries[1], at: 1)
        let text = entries.joined(separator: "\nr ")
        return text.components(separatedBy: "directory-signature ")[0] + "directory-signature "
    }
}

extension Consensus {
    /// Seconds since 1970 of a date as documents write it.
    fileprivate static func moment(of date: String) -> time_t {
        Consensus("valid-after \(date)\n").validAfter ?? 0
    }
}

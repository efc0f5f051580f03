import Foundation
import NetAddress

@testable import TorDocuments

/// The documents of a private Tor network of eight relays, made by real tor (scripts/renew-document-fixtures).
enum Sample {
    static let consensus = file("consensus")
    static let microdescConsensus = file("consensus-microdesc")
    static let certificateFile = file("certificates")
    static let directoryAuthorities = text(file("authorities")).split(separator: "\n").map { line in
        DirectoryAuthority(line.dropFirst("DirAuthority ".count))!
    }
    static let authorities = Authorities(directoryAuthorities)
    static let certificates = try! KeyCertificate.verified(in: certificateFile, by: authorities)

    static func bytes(_ flavor: ConsensusFlavor) -> [UInt8] {
        switch flavor {
        case .ns: consensus
        case .microdesc: microdescConsensus
        }
    }

    /// A minute after the consensus became valid.
    static func time(_ flavor: ConsensusFlavor) -> UnixTime {
        let dates = text(bytes(flavor)).split(separator: "\n").first { $0.hasPrefix("valid-after ") }!
        return UnixTime(dates.dropFirst("valid-after ".count))!.advanced(by: 60)
    }

    static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// The sample with every occurrence of a text replaced; the test fails where there is none.
    static func replacing(_ old: String, with new: String, in flavor: ConsensusFlavor = .microdesc) -> [UInt8] {
        let sample = text(bytes(flavor))
        precondition(sample.contains(old), "the sample does not contain \(old)")
        return Array(sample.replacingOccurrences(of: old, with: new).utf8)
    }

    private static func file(_ name: String) -> [UInt8] {
        Array(try! Data(contentsOf: Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil)!))
    }
}

extension [UInt8] {
    /// Reads and verifies these bytes as a consensus of the sample network, at its own time unless told otherwise.
    func verified(
        by authorities: Authorities = Sample.authorities, certificates: [KeyCertificate] = Sample.certificates,
        at time: UnixTime = Sample.time(.microdesc), tolerance: ConsensusValidity.Tolerance = .none
    ) throws -> Consensus {
        try UncheckedConsensus(parsing: self).verified(
            by: authorities, certificates: certificates, at: time, tolerance: tolerance)
    }
}

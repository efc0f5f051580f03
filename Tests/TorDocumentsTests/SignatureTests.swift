import Foundation
import Testing

@testable import TorDocuments

@Suite("The majority of the authorities decides:")
struct SignatureTests {
    private let sample = Sample.text(Sample.microdescConsensus)

    @Test("a changed bit in any byte of what they signed is refused", arguments: ConsensusFlavor.allCases)
    func changedBit(flavor: ConsensusFlavor) throws {
        let document = Sample.bytes(flavor)
        let signedLength = Sample.text(document).head(before: "\ndirectory-signature ").utf8.count
        let time = Sample.time(flavor)
        for place in 0..<signedLength + "directory-signature ".utf8.count {
            var changed = document
            changed[place] ^= 1 << (place % 8)
            #expect(kind { try changed.verified(at: time) } != nil, "byte \(place)")
        }
    }

    @Test("two of three are enough, in any order", arguments: [[0, 1], [2, 0], [1, 2], [2, 1, 0]])
    func enough(numbers: [Int]) throws {
        let document = sample.signed(numbers.map { sample.signatures[$0] })
        #expect(try Array(document.utf8).verified().signers.count == numbers.count)
    }

    @Test("one of three is not, however often it signed", arguments: 0...2, [1, 2, 50])
    func notEnough(number: Int, times: Int) {
        let document = sample.signed(Array(repeating: sample.signatures[number], count: times))
        #expect(kind { try Array(document.utf8).verified() } == .untrusted)
    }

    @Test("a forged signature counts for nothing and spoils nothing")
    func forged() throws {
        let bodies = sample.signatures
        // The name of one authority over the signature of another.
        let forged = bodies[0].line("directory-signature") + bodies[1].dropFirst(bodies[1].line("directory").count)
        #expect(try Array(sample.signed([forged, bodies[1], bodies[2]]).utf8).verified().signers.count == 2)
        #expect(try Array(sample.signed([forged] + bodies).utf8).verified().signers.count == 3)
        #expect(kind { try Array(sample.signed([forged, bodies[2]]).utf8).verified() } == .untrusted)
    }

    @Test("a signature over the weaker digest does not count", arguments: ["sha1", "md5", "sha3"])
    func algorithm(name: String) {
        let document = Sample.replacing("directory-signature sha256", with: "directory-signature \(name)")
        #expect(kind { try document.verified() } == .untrusted)
    }

    @Test("a signature by another key than the named one does not count")
    func anotherKey() {
        let keys = Sample.certificates.map(\.signingKey.description)
        let document = Sample.replacing(keys[0], with: keys[1])
        #expect(throws: Never.self) { try document.verified() }
        let renamed = Sample.text(document).replacingOccurrences(of: keys[2], with: keys[1])
        #expect(kind { try Array(renamed.utf8).verified() } == .untrusted)
    }

    @Test("authorities that are not known count neither for nor against")
    func unknownAuthorities() throws {
        let identities = Sample.authorities.identities.sorted()
        let one = try Sample.microdescConsensus.verified(by: Authorities([identities[1]]))
        #expect(one.signers == [identities[1]])
        // Of four, three are a majority; of six they are not.
        func others(_ count: UInt8) -> [Fingerprint] {
            (0..<count).map { Fingerprint(InlineArray(repeating: $0)) }
        }
        _ = try Sample.microdescConsensus.verified(by: Authorities(identities + others(1)))
        #expect(try Sample.microdescConsensus.verified(by: Authorities(identities + others(2))).signers.count == 3)
        #expect(
            kind { try Sample.microdescConsensus.verified(by: Authorities(identities + others(3))) } == .untrusted)
        #expect(kind { try Sample.microdescConsensus.verified(by: .public) } == .untrusted)
    }

    @Test("where no authority is known, nothing is verified")
    func noAuthorities() {
        #expect(kind { try Sample.microdescConsensus.verified(by: Authorities([Fingerprint]())) } == .untrusted)
    }

    @Test("without their certificates the authorities count for nothing", arguments: 0...3)
    func missingCertificates(count: Int) {
        let certificates = Array(Sample.certificates.prefix(count))
        let kind = kind { try Sample.microdescConsensus.verified(certificates: certificates) }
        #expect(kind == (count < 2 ? .untrusted : nil))
    }

    @Test("certificates count from their publication until they expire")
    func certificateTimes() {
        let ends = Sample.certificates.map(\.expires).sorted()
        let starts = Sample.certificates.map(\.published).sorted()
        let boundless = ConsensusValidity.Tolerance(early: .max / 2, late: .max / 2)
        func kindAt(_ time: UnixTime) -> DocumentError.Kind? {
            kind { try Sample.microdescConsensus.verified(at: time, tolerance: boundless) }
        }
        // Two of three must be valid: until the second one expires, from the second one's publication.
        #expect(kindAt(ends[1].advanced(by: -1)) == nil)
        #expect(kindAt(ends[1]) == .untrusted)
        #expect(kindAt(starts[1]) == nil)
        #expect(kindAt(starts[1].advanced(by: -1)) == .untrusted)
    }
}

import Foundation
import Testing

@testable import TorDocuments

@Suite("A key certificate")
struct KeyCertificateTests {
    private static let sample = Sample.text(Sample.certificateFile)
    /// The first certificate of the file alone.
    private static let single = Array(
        ("dir-key-certificate-version" + sample.components(separatedBy: "dir-key-certificate-version")[1]).utf8)

    @Test("of each authority is verified")
    func verified() {
        #expect(Set(Sample.certificates.map(\.identity)) == Sample.authorities.identities)
        #expect(Set(Sample.certificates.map(\.signingKey)).count == 3)
        for certificate in Sample.certificates {
            #expect(!certificate.isValid(at: certificate.published.advanced(by: -1)))
            #expect(certificate.isValid(at: certificate.published))
            #expect(certificate.isValid(at: certificate.expires.advanced(by: -1)))
            #expect(!certificate.isValid(at: certificate.expires))
        }
    }

    @Test("of an unknown authority is refused alone and left out of a file")
    func unknown() throws {
        let identities = Sample.certificates.map(\.identity)
        let known = Authorities(identities.dropFirst())
        let first = try UncheckedKeyCertificate.parsing(Sample.certificateFile)[0]
        #expect(kind { try first.verified(by: known) } == .untrusted)
        let certificates = try KeyCertificate.verified(in: Sample.certificateFile, by: known)
        #expect(certificates.map(\.identity) == Array(identities.dropFirst()))
    }

    @Test("is refused with a changed bit in any byte")
    func changedBit() throws {
        for place in Self.single.indices {
            var changed = Self.single
            changed[place] ^= 1 << (place % 8)
            // Where the fingerprint changed it is another authority's, and left out as such.
            let accepted = try? KeyCertificate.verified(in: changed, by: Sample.authorities)
            #expect(accepted == nil || accepted == [], "byte \(place)")
        }
    }

    @Test("is refused when it is cut off anywhere")
    func cut() throws {
        for length in Self.single.indices {
            let part = Array(Self.single.prefix(length))
            #expect(kind { try UncheckedKeyCertificate.parsing(part) } == .malformed, "cut at \(length)")
        }
    }

    static let damages: [Damage] = {
        func change(_ name: String, _ word: String, _ old: String, _ new: String) -> Damage {
            precondition(sample.contains(old), "the sample does not contain \(old)")
            return Damage(name, word, sample.replacingOccurrences(of: old, with: new))
        }
        let date = sample.line("dir-key-published")
        return [
            Damage("a consensus", "no key certificate", Sample.consensus),
            Damage("an empty file", "empty", []),
            Damage("too large a file", "bytes", [UInt8](repeating: 0x61, count: (4 << 20) + 1)),
            change("version 4", "version 3", "version 3", "version 4"),
            change("CRLF line ends", "carriage return", "\n", "\r\n"),
            change("no fingerprint", "lacks", sample.line("fingerprint") + "\n", ""),
            change("a short fingerprint", "value", "fingerprint ", "fingerprint 00 "),
            change("a date twice", "twice", date, "\(date)\n\(date)"),
            change("a date before 1970", "value", date, "dir-key-published 1969-12-31 23:59:59"),
            change("dates in the wrong order", "contradict", date, "dir-key-published 9999-12-31 23:59:59"),
            change("another kind of key", "another kind", "RSA PUBLIC KEY", "PUBLIC KEY"),
            change("an object of nothing", "no whole base64", "=\n-----END", "\n-----END"),
            change(
                "a certificate within another", "begins before", "dir-key-expires", "dir-key-certificate-version 3\nx"),
        ]
    }()

    @Test("is refused when it is damaged", arguments: damages)
    func damaged(damage: Damage) {
        #expect {
            try UncheckedKeyCertificate.parsing(damage.document)
        } throws: { error in
            let error = error as? DocumentError
            #expect(error?.message.contains(damage.word) == true, "\(String(describing: error))")
            return error?.kind == .malformed || error?.kind == .oversized
        }
    }

    @Test("may have its cross signature without the word ID")
    func plainCrossSignature() throws {
        // Below the cross signature's own tags everything is signed, so only the form can be accepted here.
        let document = Self.sample.replacingOccurrences(of: "ID SIGNATURE", with: "SIGNATURE")
        #expect(try UncheckedKeyCertificate.parsing(Array(document.utf8)).count == 3)
    }
}

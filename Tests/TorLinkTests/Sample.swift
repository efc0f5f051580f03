import Foundation
import TorDocuments
import TorLink

/// What a real tor said at the opening of a link (scripts/renew-link-fixtures).
enum Sample {
    static let cells = file("cells")
    static let tlsCertificate = file("tls-certificate")
    static let pin: RelayPin = {
        let words = String(decoding: file("identities"), as: UTF8.self).split { $0 == " " || $0 == "\n" }
        return RelayPin(Fingerprint(hexadecimal: words[0])!, ed25519: Ed25519Identity(base64: words[1])!)
    }()
    static let pinByFingerprint = RelayPin(pin.fingerprint)

    /// VERSIONS, CERTS, AUTH_CHALLENGE and NETINFO, each with its header.
    static let cellsApart: [[UInt8]] = {
        var apart: [[UInt8]] = []
        var rest = cells[...]
        while !rest.isEmpty {
            let header = apart.isEmpty ? 3 : 5
            let command = rest[rest.startIndex + header - 1]
            let length = command == 8 ? 509 : 2 + rest.number(at: rest.startIndex + header)
            apart.append(Array(rest.prefix(header + length)))
            rest = rest.dropFirst(header + length)
        }
        return apart
    }()
    static var versions: [UInt8] { cellsApart[0] }
    static var certificates: [UInt8] { cellsApart[1] }
    static var challenge: [UInt8] { cellsApart[2] }
    static var netinfo: [UInt8] { cellsApart[3] }
    /// What the relay's clock said then.
    static var time: UInt32 { UInt32(netinfo.number(at: 5)) << 16 | UInt32(netinfo.number(at: 7)) }

    /// The contents of the CERTS cell by type, as places in its body.
    static let certificatePlaces: [UInt8: Range<Int>] = {
        let body = certificates.dropFirst(7)
        var places: [UInt8: Range<Int>] = [:]
        var place = body.startIndex + 1
        for _ in 0..<body.first! {
            let start = place + 3
            places[body[place]] = start - 7..<start - 7 + body.number(at: place + 1)
            place = start + body.number(at: place + 1)
        }
        return places
    }()

    private static func file(_ name: String) -> [UInt8] {
        Array(try! Data(contentsOf: Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil)!))
    }
}

extension Collection<UInt8> where Index == Int {
    /// Two bytes as a number.
    func number(at place: Int) -> Int {
        Int(self[place]) << 8 | Int(self[place + 1])
    }
}

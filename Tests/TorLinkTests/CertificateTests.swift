import Testing
import TorDocuments
import TorLink

@Suite("The certificates of a relay")
struct CertificateTests {
    private func verified(
        _ relay: ForgedRelay, as pin: RelayPin? = nil, over tls: [UInt8]? = nil, at time: UInt32 = ForgedRelay.time
    ) throws -> LinkIdentity {
        try UncheckedCertificates(parsing: relay.certificates[...])
            .verified(as: pin ?? relay.pin, over: tls ?? relay.tlsCertificate, at: time)
    }

    private func refusal(
        of relay: ForgedRelay, as pin: RelayPin? = nil, over tls: [UInt8]? = nil, at time: UInt32 = ForgedRelay.time
    ) -> LinkError.Kind? {
        #expect(throws: LinkError.self) { try verified(relay, as: pin, over: tls, at: time) }?.kind
    }

    @Test("A chain that holds gives both identities, by either pin")
    func believesTheTrue() throws {
        let relay = ForgedRelay()
        #expect(try verified(relay).ed25519 == relay.pin.ed25519)
        #expect(try verified(relay, as: RelayPin(relay.pin.fingerprint)).ed25519 == relay.pin.ed25519)
    }

    @Test("Every changed bit of a real relay's certificates is found")
    func findsEveryChange() throws {
        let cell = Array(Sample.certificates.dropFirst(7))
        #expect(
            try UncheckedCertificates(parsing: cell[...])
                .verified(as: Sample.pinByFingerprint, over: Sample.tlsCertificate, at: Sample.time).ed25519
                == Sample.pin.ed25519)
        for type in [2, 4, 5, 7] as [UInt8] {
            for place in try #require(Sample.certificatePlaces[type]) {
                for bit in 0..<8 {
                    var changed = cell
                    changed[place] ^= 1 << bit
                    #expect(throws: LinkError.self, "type \(type), byte \(place), bit \(bit)") {
                        try UncheckedCertificates(parsing: changed[...])
                            .verified(as: Sample.pinByFingerprint, over: Sample.tlsCertificate, at: Sample.time)
                    }
                }
            }
        }
    }

    @Test("Another relay is not taken for the one asked for")
    func knowsItsRelay() throws {
        let (relay, other) = (ForgedRelay(), ForgedRelay())
        #expect(refusal(of: relay, as: other.pin) == .wrongIdentity)
        #expect(refusal(of: relay, as: RelayPin(other.pin.fingerprint)) == .wrongIdentity)
        #expect(refusal(of: relay, as: RelayPin(relay.pin.fingerprint, ed25519: other.pin.ed25519)) == .wrongIdentity)
        #expect(refusal(of: relay, as: RelayPin(other.pin.fingerprint, ed25519: relay.pin.ed25519)) == .wrongIdentity)
    }

    @Test("Whoever passes on the cells of a relay has another TLS certificate")
    func findsTheManInTheMiddle() {
        #expect(refusal(of: ForgedRelay(), over: Array("another TLS certificate".utf8)) == .notSigned)
        #expect(refusal(of: ForgedRelay(), over: []) == .notSigned)
    }

    @Test("A missing certificate is missed, a second one is one too many", arguments: [2, 4, 5, 7] as [UInt8])
    func countsThem(type: UInt8) {
        var relay = ForgedRelay()
        relay.replaced[type] = []
        #expect(refusal(of: relay) == .notSigned)
        relay.replaced = [:]
        relay.repeated = type
        #expect(refusal(of: relay) == .garbage)
    }

    @Test("A certificate of another relay does not fit in", arguments: [2, 4, 5, 7] as [UInt8])
    func fitsTogether(type: UInt8) throws {
        let other = ForgedRelay()
        var relay = ForgedRelay()
        let cell = other.certificates
        var place = 1
        while cell[place] != type { place += 3 + cell.number(at: place + 1) }
        relay.replaced[type] = Array(cell[(place + 3)..<(place + 3 + cell.number(at: place + 1))])
        #expect([.notSigned, .wrongIdentity].contains(refusal(of: relay, as: RelayPin(relay.pin.fingerprint))))
    }

    @Test("Certificates end at their hour, judged at the time that the relay claims")
    func expire() throws {
        let hour = ForgedRelay.time / 3600
        for hours in [hour, hour - 1, 0] {
            var (signing, link, cross) = (ForgedRelay(), ForgedRelay(), ForgedRelay())
            signing.signingKey.hours = hours
            link.tlsLink.hours = hours
            cross.crossHours = hours
            for relay in [signing, link, cross] { #expect(refusal(of: relay) == .untimely) }
        }
        var last = ForgedRelay()
        last.tlsLink.hours = hour + 1
        #expect(try verified(last).ed25519 == last.pin.ed25519)
        #expect(refusal(of: last, at: (hour + 1) * 3600) == .untimely)

        var rsa = ForgedRelay()
        let time = Int(ForgedRelay.time)
        for valid in [time - 9...time - 1, time + 1...time + 9] {
            rsa.rsaValidity = valid
            #expect(refusal(of: rsa) == .untimely)
        }
        // Lies of ten years either way.
        #expect(refusal(of: ForgedRelay(), at: ForgedRelay.time - 315_000_000) == .untimely)
        #expect(refusal(of: ForgedRelay(), at: ForgedRelay.time + 315_000_000) == .untimely)
    }

    @Test("Well signed, and yet not in the form of cert-spec")
    func formMatters() {
        func relay(_ change: (inout ForgedRelay) -> Void) -> ForgedRelay {
            var relay = ForgedRelay()
            change(&relay)
            return relay
        }
        let unknown: (UInt8, UInt8, [UInt8]) = (9, 1, [1, 2])
        let refused: [(String, ForgedRelay, LinkError.Kind)] = [
            ("version", relay { $0.signingKey.version = 2 }, .garbage),
            ("type of 4", relay { $0.signingKey.type = 5 }, .garbage),
            ("type of 5", relay { $0.tlsLink.type = 6 }, .garbage),
            ("key of 4 as a digest", relay { $0.signingKey.keyType = 3 }, .garbage),
            ("unknown key type", relay { $0.tlsLink.keyType = 2 }, .garbage),
            ("no signer", relay { $0.signingKey.extensions = [] }, .notSigned),
            ("two signers", relay { $0.signingKey.extensions += [$0.signingKey.extensions[0]] }, .garbage),
            ("short signer", relay { $0.signingKey.extensions = [(4, 0, [1])] }, .garbage),
            ("false signer of 5", relay { $0.tlsLink.extensions = [(4, 0, $0.identity.publicBytes)] }, .notSigned),
            ("unknown condition in 4", relay { $0.signingKey.extensions += [unknown] }, .notSigned),
            ("unknown condition in 5", relay { $0.tlsLink.extensions = [unknown] }, .notSigned),
            ("vouches for another", relay { $0.crossIdentity = $0.signing.publicBytes }, .notSigned),
            (
                "RSA by another key",
                relay {
                    $0.replaced[2] = $0.rsa.selfSignedCertificate(valid: $0.rsaValidity, signedBy: SigningKey(.rsa1024))
                }, .notSigned
            ),
            ("no X.509", relay { $0.replaced[2] = [1, 2, 3] }, .garbage),
            ("long X.509", relay { $0.replaced[2] = [UInt8](repeating: 48, count: 2049) }, .garbage),
        ]
        for (name, relay, kind) in refused { #expect(refusal(of: relay) == kind, "\(name)") }
    }

    @Test("What cert-spec leaves free is taken")
    func allowsTheRest() throws {
        var relay = ForgedRelay()
        relay.signingKey.extensions += [(9, 0, [1, 2])]
        relay.tlsLink.keyType = 1
        relay.tlsLink.extensions = [(4, 0, relay.signing.publicBytes), (200, 2, [])]
        #expect(try verified(relay).ed25519 == relay.pin.ed25519)
    }

    @Test("An identity key of another length than tor's is refused, though it fits its fingerprint")
    func needsTorsKey() {
        let strange = SigningKey(.rsa2048)
        var relay = ForgedRelay()
        relay.replaced[2] = strange.selfSignedCertificate(valid: relay.rsaValidity)
        let pin = RelayPin(RSAPublicKey(der: strange.publicBytes).fingerprint)
        #expect(refusal(of: relay, as: pin) == .notSigned)
    }
}

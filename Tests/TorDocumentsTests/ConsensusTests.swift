import NetAddress
import Testing

@testable import TorDocuments

@Suite("A consensus")
struct ConsensusTests {
    @Test("of real tor is verified at its own time", arguments: ConsensusFlavor.allCases)
    func verified(flavor: ConsensusFlavor) throws {
        let consensus = try Sample.bytes(flavor).verified(at: Sample.time(flavor))
        #expect(consensus.flavor == flavor)
        #expect(consensus.relays.count == 8)
        #expect(consensus.signers == Sample.authorities.identities.sorted())
        #expect(consensus.voters.map(\.identity) == consensus.signers)
        #expect(consensus.validity.validUntil.seconds - consensus.validity.validAfter.seconds == 3 * 3600)
    }

    @Test("says where each relay listens and what it is good for", arguments: ConsensusFlavor.allCases)
    func relays(flavor: ConsensusFlavor) throws {
        let consensus = try Sample.bytes(flavor).verified(at: Sample.time(flavor))
        for relay in consensus.relays {
            let number = relay.address.bits & 0xFF
            #expect(relay.address.description == "10.84.9.\(number)")
            // Node 6 alone has no IPv6; nodes 1 to 3 are the authorities, 4 to 6 the guards.
            #expect(relay.ipv6Endpoint == (number == 6 ? nil : Endpoint("[fd00:84:9::\(number)]:5000")))
            #expect(relay.endpoints.map(\.port) == (number == 6 ? [5000] : [5000, 5000]))
            #expect(relay.flags.contains(.authority) == (number <= 3))
            #expect(relay.flags.contains(.guard) == (4...6).contains(number))
            #expect(relay.flags.contains(.exit) == (number == 7))
            #expect(relay.flags.isSuperset(of: [.running, .valid, .fast, .v2Dir, .hsDir]))
            #expect(relay.directoryEndpoint == (number <= 3 ? Endpoint("10.84.9.\(number):7000") : nil))
            #expect(consensus[relay.identity] == relay)
        }
        for authority in Sample.directoryAuthorities {
            #expect(consensus[authority.relayIdentity]?.endpoints == authority.endpoints)
            #expect(consensus[authority.identity] == nil)
        }
    }

    @Test("keeps a relay in 48 bytes")
    func compactness() {
        #expect(MemoryLayout<Relay>.stride == 48)
    }

    @Test("may be used from valid-after to valid-until, and longer only where the caller grants it")
    func validity() throws {
        let validity = try Sample.microdescConsensus.verified().validity
        let (first, last) = (validity.validAfter, validity.validUntil)
        let day: Int64 = 24 * 60 * 60
        for time in [first, last] { _ = try Sample.microdescConsensus.verified(at: time) }
        for time in [
            first.advanced(by: -1), last.advanced(by: 1), UnixTime(seconds: 0), UnixTime(seconds: .min),
            UnixTime(seconds: .max),
        ] {
            #expect(kind { try Sample.microdescConsensus.verified(at: time) } == .untimely)
        }
        _ = try Sample.microdescConsensus.verified(at: last.advanced(by: day), tolerance: .client)
        #expect(
            kind { try Sample.microdescConsensus.verified(at: last.advanced(by: day + 1), tolerance: .client) }
                == .untimely)
        let early = ConsensusValidity.Tolerance(early: 5, late: 0)
        _ = try Sample.microdescConsensus.verified(at: first.advanced(by: -5), tolerance: early)
        #expect(
            kind { try Sample.microdescConsensus.verified(at: first.advanced(by: -6), tolerance: early) }
                == .untimely)
    }

    @Test("from 2036 is refused now, and then for what it changed")
    func future() {
        let sample = Sample.text(Sample.microdescConsensus)
        var document = sample
        for (hour, keyword) in ["valid-after", "fresh-until", "valid-until"].enumerated() {
            document.replace(sample.line(keyword), with: "\(keyword) 2036-02-07 0\(hour):00:00")
        }
        let later = UnixTime("2036-02-07 00:30:00")!
        #expect(kind { try Array(document.utf8).verified(tolerance: .client) } == .untimely)
        #expect(kind { try Array(document.utf8).verified(at: later) } == .untrusted)
    }

    @Test("skips items of a future tor wherever they stand before the signatures")
    func unknownItems() throws {
        for anchor in ["vote-status", "dir-source node1", "contact node 1", "r node4", "v Tor", "directory-footer"] {
            let document = Sample.replacing("\n\(anchor)", with: "\nx-new item of 2040\n\(anchor)")
            #expect(try UncheckedConsensus(parsing: document).entries.count == 8)
        }
        let footer = "directory-footer\n"
        let weights = Sample.replacing(footer, with: footer + "bandwidth-weights Wbd=0\nx-new item of 2040\n")
        #expect(try UncheckedConsensus(parsing: weights).entries.count == 8)
    }

    @Test("takes the first IPv6 address of a relay alone")
    func furtherAddresses() throws {
        let line = "a [fd00:84:9::4]:5000\n"
        let more = "a 192.0.2.1:443\n\(line)a [2001:db8::1]:443\n"
        let document = try UncheckedConsensus(parsing: Sample.replacing(line, with: more))
        #expect(document.entries == (try UncheckedConsensus(parsing: Sample.microdescConsensus)).entries)
    }
}

/// The kind of document error that a body throws; `nil` where it throws none.
func kind(_ body: () throws -> some Any) -> DocumentError.Kind? {
    do {
        _ = try body()
        return nil
    } catch let error as DocumentError {
        return error.kind
    } catch {
        Issue.record("another error: \(error)")
        return nil
    }
}

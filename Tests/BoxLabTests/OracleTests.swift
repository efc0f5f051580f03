import NetAddress
import NetFrames
import Testing

@testable import BoxLab

@Suite("The oracle allows what the packet table allows, and nothing else")
struct OracleTests {
    static let wan = HardwareAddress("02:00:00:00:01:02")!
    static let router = HardwareAddress("02:00:00:00:01:01")!
    static let own4 = IPv4Address("192.168.1.2")!
    static let own6 = IPv6Address("2001:db8:1::2")!
    static let ownLinkLocal = IPv6Address("fe80::2")!
    static let uplink = Uplink(
        hardwareAddress: wan,
        networks: [Network("192.168.1.2/24")!, Network("2001:db8:1::2/64")!, Network("fe80::2/64")!])
    static let doors: Set<Endpoint> = [Endpoint("203.0.113.11:9001")!, Endpoint("[2001:db8:80::11]:9001")!]
    static let rows: [Row] = [.closed, .clock(clockDoors: doors), .connecting(doors: doors), .open(doors: doors)]
    static let rowsAndSnowflake = rows + [.snowflake]

    @Test("Every state allows ARP, DHCP and neighbour discovery", arguments: rowsAndSnowflake, Sample.always)
    func allowsAlways(row: Row, sample: Sample) {
        #expect(Oracle(row: row, uplink: Self.uplink).judge(sample.frame.bytes).kind == sample.kind, "\(sample.name)")
    }

    @Test("The doors are open while connecting and when open, and shut when closed", arguments: Sample.doors)
    func allowsDoors(sample: Sample) {
        for row in Self.rows {
            let verdict = Oracle(row: row, uplink: Self.uplink).judge(sample.frame.bytes)
            #expect(verdict.isAllowed == (row != .closed), "\(row)")
        }
    }

    @Test("An allowed frame with one field changed is refused", arguments: Sample.always + Sample.doors)
    func refusesMutations(sample: Sample) {
        let oracle = Oracle(row: .open(doors: Self.doors), uplink: Self.uplink)
        for mutation in sample.mutations + Mutation.ofAll {
            var frame = sample.frame
            mutation.apply(&frame)
            #expect(frame.bytes != sample.frame.bytes, "\(sample.name): \(mutation.name) changes nothing")
            #expect(!oracle.judge(frame.bytes).isAllowed, "\(sample.name): \(mutation.name)")
        }
    }

    @Test("A device's own Tor goes to the guards when open, forwarded, in the box's name", arguments: Sample.doors)
    func allowsOwnTor(sample: Sample) {
        let open = Oracle(row: .open(doors: [], guards: Self.doors), uplink: Self.uplink)
        #expect(open.judge(sample.frame.withTimeToLive(63).bytes).kind == .ownTor)
        for timeToLive: UInt8 in [1, 62, 64, 127, 128] {
            #expect(!open.judge(sample.frame.withTimeToLive(timeToLive).bytes).isAllowed, "\(timeToLive)")
        }
        for row in Self.rows {
            let oracle = Oracle(row: row, uplink: Self.uplink)
            #expect(!oracle.judge(sample.frame.withTimeToLive(63).bytes).isAllowed, "\(row)")
        }
        for mutation in sample.mutations + Mutation.ofAll where !mutation.name.contains("forwarded") {
            var frame = sample.frame.withTimeToLive(63)
            mutation.apply(&frame)
            #expect(!open.judge(frame.bytes).isAllowed, "\(sample.name): \(mutation.name)")
        }
    }

    @Test("No probe is allowed, as the client sent it", arguments: rowsAndSnowflake, Probe.allCases)
    func refusesProbes(row: Row, probe: Probe) {
        let oracle = Oracle(row: row, uplink: Self.uplink)
        for frame in probe.frames(in: .sample) {
            #expect(!oracle.judge(frame.bytes).isAllowed)
        }
    }

    @Test("No probe is allowed in the uplink's name, as a naked router would send it on", arguments: Probe.allCases)
    func refusesTranslatedProbes(probe: Probe) {
        let oracle = Oracle(row: .open(doors: Self.doors), uplink: Self.uplink)
        for frame in probe.frames(in: .sample) where probe.control == .router {
            #expect(!oracle.judge(frame.masqueraded.bytes).isAllowed, "\(frame.masqueraded)")
        }
    }

    static let snowflake: [(isAllowed: Bool, isTCP: Bool, Endpoint)] = [
        (true, false, Endpoint("203.0.113.7:3478")!), (true, false, Endpoint("[2001:db8:80::7]:40000")!),
        (true, true, Endpoint("203.0.113.7:443")!), (true, true, Endpoint("[2001:db8:80::7]:443")!),
        (true, false, Endpoint("192.168.1.1:53")!), (true, true, Endpoint("192.168.1.1:53")!),
        (false, true, Endpoint("203.0.113.7:80")!), (false, true, Endpoint("203.0.113.7:9001")!),
        (false, false, Endpoint("192.168.1.1:3478")!), (false, true, Endpoint("192.168.1.1:443")!),
        (false, false, Endpoint("10.84.0.11:40000")!), (false, false, Endpoint("[fd84:84:84::11]:40000")!),
        (false, false, Endpoint("[fe80::1]:40000")!), (false, false, Endpoint("100.64.0.1:40000")!),
    ]

    @Test("With snowflake bridges their program's frames may leave, and in no other row", arguments: snowflake)
    func allowsSnowflake(isAllowed: Bool, isTCP: Bool, place: Endpoint) {
        let transport: Transport =
            isTCP
            ? .tcp(TCPSegment(from: 40_000, to: place.port, .syn, sequence: 1))
            : .udp(UDPDatagram(from: 40_000, to: place.port, [1, 2, 3]))
        let content: Frame.Content =
            switch place.address {
            case .v4(let address): .ipv4(IPv4Packet(from: Self.own4, to: address, transport))
            case .v6(let address): .ipv6(IPv6Packet(from: Self.own6, to: address, transport))
            }
        let frame = Frame(from: Self.wan, to: Self.router, content)
        let oracle = Oracle(row: .snowflake, uplink: Self.uplink)
        #expect(oracle.judge(frame.bytes).kind == (isAllowed ? .snowflake : nil))
        for timeToLive: UInt8 in [1, 63, 65, 128] {
            #expect(!oracle.judge(frame.withTimeToLive(timeToLive).bytes).isAllowed, "\(timeToLive)")
        }
        for row in Self.rows where row != .snowflake {
            #expect(!Oracle(row: row, uplink: Self.uplink).judge(frame.bytes).isAllowed, "\(row)")
        }
    }

    @Test("What is left of a client's connection is refused")
    func refusesLeftovers() {
        let flow = LiveFlow(
            client: Endpoint("10.84.0.11:40000")!, server: Endpoint("203.0.113.80:80")!, sequence: 1, acknowledgment: 2)
        let oracle = Oracle(row: .open(doors: Self.doors), uplink: Self.uplink)
        let leftovers = flow.leftovers(in: .sample)
        #expect(leftovers.count == 5)
        for (name, frame) in leftovers {
            #expect(flow.isVisible(in: frame), "\(name)")
            #expect(!oracle.judge(frame.bytes).isAllowed, "\(name)")
            #expect(!oracle.judge(frame.masqueraded.bytes).isAllowed, "\(name)")
        }
    }

    @Test("Nothing that cannot be read is allowed")
    func refusesRubbish() {
        let oracle = Oracle(row: .open(doors: Self.doors), uplink: Self.uplink)
        for sample in Sample.always + Sample.doors {
            let bytes = sample.frame.bytes
            for length in 0..<bytes.count - sample.frame.trailer.count {
                #expect(!oracle.judge(Array(bytes.prefix(length))).isAllowed)
            }
        }
    }

    @Test("A host name in DHCP is allowed and remarked upon")
    func remarksOnHostName() {
        var frame = Sample.discover(options: [53, 1, 1, 12, 3] + Array("bob".utf8) + [255])
        let oracle = Oracle(row: .closed, uplink: Self.uplink)
        #expect(oracle.judge(frame.bytes) == .allowed(.dhcpv4, remarks: ["DHCP tells the host name \"bob\""]))
        frame = Sample.discover(options: [53, 1, 1, 255])
        #expect(oracle.judge(frame.bytes) == .allowed(.dhcpv4, remarks: []))
    }
}

extension Verdict {
    var kind: Kind? {
        switch self {
        case .allowed(let kind, _): kind
        case .refused: nil
        }
    }
}

extension Frame {
    func withTimeToLive(_ value: UInt8) -> Frame {
        var frame = self
        switch content {
        case .ipv4: frame.ipv4.timeToLive = value
        case .ipv6: frame.ipv6.hopLimit = value
        case .arp, .other: break
        }
        return frame
    }

    /// The frame as a router sends it on that only forwards and masquerades.
    var masqueraded: Frame {
        var frame = self
        frame.source = OracleTests.wan
        frame.destination = OracleTests.router
        switch content {
        case .ipv4(var packet):
            packet.source = OracleTests.own4
            packet.timeToLive -= 1
            frame.content = .ipv4(packet)
        case .ipv6(var packet):
            packet.source = OracleTests.own6
            packet.hopLimit -= 1
            frame.content = .ipv6(packet)
        case .arp, .other: break
        }
        return frame
    }
}

extension ProbeContext {
    static let sample = ProbeContext(
        clientHardware: HardwareAddress("02:00:00:00:84:11")!, client4: IPv4Address("10.84.0.11")!,
        client6: IPv6Address("fd00:84::11")!, clientLinkLocal: IPv6Address("fe80::84:11")!,
        boxHardware: HardwareAddress("02:00:00:00:84:01")!, box4: IPv4Address("10.84.0.1")!,
        box6: IPv6Address("fd00:84::1")!)
}

import NetAddress
import Testing

@testable import BoxLab

struct LabNodeTests {
    @Test("The network has three authorities, five guards, three exits and an onion service")
    func size() {
        let roles = Dictionary(grouping: TorNode.all, by: \.role).mapValues(\.count)
        #expect(roles == [.authority: 3, .guard: 5, .exit: 3, .onion: 1])
        #expect(!TorNode.relays.contains { $0.role == .onion })
    }

    @Test("No two nodes share an address")
    func addresses() {
        #expect(Set(TorNode.all.map(\.address)).count == TorNode.all.count)
        #expect(Set(TorNode.all.map(\.addressV6)).count == TorNode.all.count)
        #expect(TorNode.all.first { $0.nickname == "exit1" }?.address == IPv4Address("198.51.100.31"))
        #expect(TorNode.all.first { $0.nickname == "exit1" }?.addressV6 == IPv6Address("2001:db8:51::31"))
    }

    @Test("Every node is part of a testing network and says the same of the authorities", arguments: TorNode.all)
    func common(node: TorNode) {
        let lines = node.torrc(authorities: ["DirAuthority one"], votingOffset: 7).split(separator: "\n")
        for line in ["TestingTorNetwork 1", "User debian-tor", "DirAuthority one", "Nickname \(node.nickname)"] {
            #expect(lines.contains(line[...]))
        }
        #expect(lines.contains("OutboundBindAddress \(node.address)"))
        #expect(lines.contains("OutboundBindAddress [\(node.addressV6)]"))
    }

    @Test(
        "Each role adds what it is for, and only that",
        arguments: [
            (TorNode.Role.authority, "TestingV3AuthVotingStartOffset 7"), (.exit, "IPv6Exit 1"),
            (.onion, "HiddenServicePort 80 127.0.0.1:8080"),
        ])
    func roles(role: TorNode.Role, line: String) {
        for node in TorNode.all {
            let lines = node.torrc(authorities: [], votingOffset: 7).split(separator: "\n")
            #expect(lines.contains(line[...]) == (node.role == role))
        }
    }

    @Test("An authority is known by both identities and both families")
    func authorityLine() {
        let line = TorNode.authorities[0].directoryAuthorityLine(identity: "ABCD", fingerprint: "EF01")
        #expect(
            line == "DirAuthority authority1 orport=9001 v3ident=ABCD ipv6=[2001:db8:51::11]:9001 "
                + "198.51.100.11:9030 EF01")
    }
}

import Glibc
import HostSystem
import NetAddress
import Testing
import TorLink

/// The first packet of TLS, without what is random in it (RFC 8446, section 4.1.2).
private struct ClientHello: Equatable {
    var versions: [UInt8]
    var ciphers: [UInt8]
    /// Type and content, in their order; of names, keys and padding only that they are there.
    var extensions: [[UInt8]] = []
    var name = ""

    init(_ packet: [UInt8]) throws {
        versions = Array(packet[1..<3] + packet[9..<11])
        var place = 43
        func take(_ count: Int) throws -> ArraySlice<UInt8> {
            try #require(place + count <= packet.count)
            defer { place += count }
            return packet[place..<place + count]
        }
        _ = try take(Int(try take(1).first!))
        ciphers = Array(try take(Array(try take(2)).number(at: 0)))
        _ = try take(4)
        while place < packet.count {
            let type = Array(try take(2))
            let content = try take(Array(try take(2)).number(at: 0))
            if type == [0, 0] { name = String(decoding: content.dropFirst(5), as: UTF8.self) }
            extensions.append([0, 21, 51].contains(type[1]) ? type : type + content)
        }
    }

    /// The same with no name, for comparing.
    var nameless: ClientHello {
        var copy = self
        copy.name = ""
        return copy
    }
}

@Suite("What the time client looks like on the wire")
struct ClientHelloTests {
    @Test("Its first packet is that of tor's own client: ciphers, groups, signatures, extensions, a made-up name")
    func looksLikeTor() async throws {
        try await Loopback.with { loopback in
            // A listener for each: tor may have come back to its own before it is ended.
            let (torsListener, torsEndpoint) = Loopback.listener(backlog: 5)
            let (ourListener, ourEndpoint) = Loopback.listener(backlog: 5)
            defer {
                close(torsListener)
                close(ourListener)
            }
            let torrc = loopback.folder + "/torrc"
            let tor = Command(
                "tor",
                [
                    "-f", torrc, "--defaults-torrc", torrc, "--ignore-missing-torrc", "--hush",
                    "DataDirectory", loopback.folder + "/tor", "SocksPort", "0", "UseBridges", "1",
                    "Bridge", "\(torsEndpoint) \(Sample.pin.fingerprint)", "ShutdownWaitLength", "0",
                    "GeoIPFile", "/dev/null", "GeoIPv6File", "/dev/null", "__OwningControllerProcess", "\(getpid())",
                ])
            let theirs = try await loopback.running([tor], at: []) {
                try ClientHello(try firstPacket(at: torsListener))
            }
            async let refused = RelayClock(ourEndpoint, Sample.pin).refusal()
            let ours = try ClientHello(try firstPacket(at: ourListener))
            #expect(try await refused?.kind == .closed)
            #expect(ours.nameless == theirs.nameless)
            #expect(!theirs.ciphers.isEmpty && theirs.extensions.count > 5)
            for name in [theirs.name, ours.name] {
                #expect(name.hasPrefix("www.") && name.hasSuffix(".com") && (12...33).contains(name.utf8.count))
            }
            #expect(theirs.name != ours.name)
        }
    }

    /// Accepts a connection, reads what comes first, and closes.
    private func firstPacket(at listener: Int32) throws -> [UInt8] {
        var entry = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        try #require(poll(&entry, 1, 60_000) == 1)
        let connection = accept(listener, nil, nil)
        defer { close(connection) }
        var packet = [UInt8](repeating: 0, count: 4096)
        entry = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
        try #require(poll(&entry, 1, 60_000) == 1)
        let count = recv(connection, &packet, packet.count, 0)
        return Array(packet.prefix(max(0, count)))
    }
}

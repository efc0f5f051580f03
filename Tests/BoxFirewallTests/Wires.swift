import BoxModel
import Foundation
import HostSystem
import NetAddress
import NetFrames
import Nftables
import NftablesReading
import Testing

@testable import BoxFirewall

/// A box between a device and a relay, all three in namespaces that end with the test.
///
/// The relay knows no way to the LAN, so an answer shows that the box put its own address.
struct Wires {
    let box: Bench
    private var deviceHost: String { box.namespace + "-d" }
    private var relayHost: String { box.namespace + "-r" }
    private var talkFile: String { box.folder + "/talk" }

    static let device = HardwareAddress("02:00:00:00:84:11")!
    /// From where the device talks; see ``talk(to:)``.
    static let talkPort = 47_100

    /// Who sends a segment.
    enum Sender {
        case device, relay
    }

    static func with(guardsPerDay: Int = 30, _ body: (Wires) async throws -> Void) async throws {
        let more = "\n[own-tor]\nguards-per-device-and-day = \(guardsPerDay)\n"
        try await Bench.with(configuration: Bench.configuration + more) { bench in
            let wires = Wires(box: bench)
            do {
                try await wires.make()
                try await body(wires)
            } catch {
                try await wires.remove()
                throw error
            }
            try await wires.remove()
        }
    }

    private func make() async throws {
        for host in [deviceHost, relayHost] { try await Command("ip", ["netns", "add", host]).run() }
        try await configure(
            box.namespace,
            """
            link add lanport type veth peer name eth0 netns \(deviceHost)
            link add port0 type veth peer name eth0 netns \(relayHost)
            link set lanport master lan0 up
            link set port0 master wan0 up
            address add 10.84.0.1/24 dev lan0
            address add fd84:84:84::1/64 dev lan0 nodad
            address add 192.168.1.2/24 dev wan0
            address add 2001:db8:1::2/64 dev wan0 nodad
            route add default via 192.168.1.1
            route add default via 2001:db8:1::1
            """)
        try await configure(
            deviceHost,
            """
            link set lo up
            link set eth0 address \(Self.device.revealed) up
            address add 10.84.0.11/24 dev eth0
            address add fd84:84:84::11/64 dev eth0 nodad
            route add default via 10.84.0.1
            route add default via fd84:84:84::1
            """)
        try await configure(
            relayHost,
            """
            link set lo up
            link set eth0 up
            address add 192.168.1.1/24 dev eth0
            address add 2001:db8:1::1/64 dev eth0 nodad
            address add 2001:db8:51::11/128 dev lo nodad
            route add local 198.51.100.0/24 dev lo
            """)
        #expect(try await box.load().status == 0)
        try await serve("relay", on: relayHost, ports: [9001, 9030])
        try await serve("tor", on: box.namespace, ports: [9040])
        try await serve("page", on: box.namespace, ports: [80])
        try await serve("names", on: box.namespace, ports: [53])
    }

    private func remove() async throws {
        for host in [deviceHost, relayHost, box.namespace] {
            for process in try await Command("ip", ["netns", "pids", host]).run().split(separator: "\n") {
                _ = try await Command("kill", ["-KILL", "\(process)"]).outcome()
            }
        }
        for host in [deviceHost, relayHost] { try await Command("ip", ["netns", "delete", host]).run() }
    }

    private func configure(_ host: String, _ lines: String) async throws {
        try await Command("ip", ["-batch", "-"]).inside(namespace: host).run(input: lines + "\n")
    }

    /// Listens on some ports; tells everybody its name and their address, then repeats what they say.
    private func serve(_ name: String, on host: String, ports: [Int]) async throws {
        let program = """
            import socketserver, sys, threading, socket
            class Answer(socketserver.StreamRequestHandler):
                def handle(self):
                    address = self.client_address[0].removeprefix("::ffff:")
                    self.wfile.write(f"\(name) {address}\\n".encode())
                    for line in self.rfile:
                        if line.startswith(b"give "): self.wfile.write(bytes(int(line[5:])))
                        elif line.startswith(b"take "):
                            self.rfile.read(int(line[5:]))
                            self.wfile.write(b"taken\\n")
                        else: self.wfile.write(line)
            class Server(socketserver.ThreadingTCPServer):
                address_family = socket.AF_INET6
                allow_reuse_address = True
                daemon_threads = True
            for port in \(ports):
                threading.Thread(target=Server(("::", port), Answer).serve_forever).start()
            print("ready", flush=True)
            """
        let ready = "\(box.folder)/\(name).ready"
        try await start(program, on: host, output: ready)
        try await wait(for: "\(name) to listen") { Self.text(ready) == "ready\n" }
    }

    private func start(_ program: String, on host: String, output: String) async throws {
        let line = "python3 -c \"$1\" >\"$2\" 2>&1 </dev/null &"
        try await Command("sh", ["-c", line, "sh", program, output]).inside(namespace: host).run()
    }

    func apply(_ openings: Openings) async throws {
        // What it opens stays in the namespace of the thread.
        let nftables = try NetworkNamespace(box.namespace).perform { () throws(FrameError) in
            do {
                return try Nftables()
            } catch {
                throw FrameError(.socket, "\(error)")
            }
        }
        try await nftables.replace(
            openings.sets(lan: InterfaceName("lan0")!, uplinks: [InterfaceName("wan0")!]))
    }

    /// Who answers the device at an address: `relay` with the address it sees, `tor`, or `refused`.
    func ask(_ endpoint: Endpoint) async throws -> String {
        let program = """
            import socket
            try: answer = socket.create_connection(("\(endpoint.address)", \(endpoint.port)), 3).makefile().readline()
            except ConnectionRefusedError: answer = "refused"
            except TimeoutError: answer = "silence"
            print(answer.strip() if answer.startswith("relay") else answer.split(" ")[0].strip())
            """
        return try await onDevice(program)
    }

    /// Runs a program in Python on the device and gives what it prints.
    func onDevice(_ program: String) async throws -> String {
        let command = Command("python3", ["-c", program]).inside(namespace: deviceHost)
        return try await command.run().trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Has the device send some bytes, or fetch them, over a connection of its own.
    func transfer(_ transfer: Transfer, _ bytes: Int, with endpoint: Endpoint) async throws {
        let program = """
            import socket
            stream = socket.create_connection(("\(endpoint.address)", \(endpoint.port)), 3)
            answers = stream.makefile("rb")
            answers.readline()
            stream.sendall(b"\(transfer.rawValue) \(bytes)\\n")
            if "\(transfer.rawValue)" == "give": assert len(answers.read(\(bytes))) == \(bytes)
            else:
                stream.sendall(bytes(\(bytes)))
                assert answers.readline() == b"taken\\n"
            """
        try await Command("python3", ["-c", program]).inside(namespace: deviceHost).run()
    }

    /// What the other end is asked to do.
    enum Transfer: String {
        case give, take
    }

    /// Has the device send something every few milliseconds for some seconds.
    func chatter() async throws {
        try await Command("sh", ["-c", "ping -q -i 0.002 -c 3000 10.84.0.1 >/dev/null 2>&1 </dev/null &"])
            .inside(namespace: deviceHost).run()
    }

    /// What one of the sets holds that the kernel alone writes.
    func elements(of set: String) async throws -> [SetListing.Element] {
        try await SetListing(json: box.run("nft", "--json", "list", "set", "inet", "torbox", set)).elements
    }

    /// Opens a connection from the device and says a line every 50 ms, until it fails.
    func talk(to endpoint: Endpoint) async throws {
        let program = """
            import socket, time
            try:
                stream = socket.create_connection(("\(endpoint.address)", \(endpoint.port)), 3, ("", \(Self.talkPort)))
                stream.settimeout(1)
                while True:
                    stream.sendall(b"still here\\n")
                    print(len(stream.recv(100)), flush=True)
                    time.sleep(0.05)
            except (ConnectionResetError, BrokenPipeError): print("reset", flush=True)
            except TimeoutError: print("silence", flush=True)
            """
        try await start(program, on: deviceHost, output: talkFile)
        try await waitForTalk()
    }

    /// Waits until more was said and heard.
    func waitForTalk() async throws {
        let before = Self.text(talkFile).count
        try await wait(for: "the device's connection to go on") { Self.text(talkFile).count > before + 10 }
    }

    /// Waits until the connection has failed and tells how.
    func endOfTalk() async throws -> String {
        try await wait(for: "the device's connection to end") { Self.text(talkFile).contains { $0.isLetter } }
        return Self.text(talkFile).split(separator: "\n").last.map(String.init) ?? ""
    }

    /// Sends one TCP segment that belongs to no connection, or where the port is that of one, lies outside its window.
    func send(
        flags: Int, from port: Int = .random(in: 20_000..<47_000), of sender: Sender = .device, to endpoint: Endpoint
    ) async throws {
        let program = """
            import socket, struct
            address, port = "\(endpoint.address)", \(endpoint.port)
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            probe = socket.socket(family, socket.SOCK_DGRAM); probe.connect((address, 1)); own = probe.getsockname()[0]
            source, target = socket.inet_pton(family, own), socket.inet_pton(family, address)
            head = struct.pack("!HHIIBBHHH", \(port), port, 1, 0, 0x50, \(flags), 1024, 0, 0)
            pseudo = source + target + struct.pack("!HH", 6, len(head)) + head
            total = sum(struct.unpack(f"!{len(pseudo) // 2}H", pseudo))
            while total >> 16: total = (total & 0xFFFF) + (total >> 16)
            head = head[:16] + struct.pack("!H", ~total & 0xFFFF) + head[18:]
            raw = socket.socket(family, socket.SOCK_RAW, socket.IPPROTO_TCP)
            raw.sendto(head, (address, 0))
            """
        let host =
            switch sender {
            case .device: deviceHost
            case .relay: relayHost
            }
        try await Command("python3", ["-c", program]).inside(namespace: host).run()
    }

    /// Gives the relay a way to the device by its own address.
    func teachTheRelayTheLAN() async throws {
        try await configure(
            relayHost,
            """
            route add 10.84.0.0/24 via 192.168.1.2
            route add fd84:84:84::/64 via 2001:db8:1::2
            """)
    }

    func becomeAnotherDevice() async throws {
        try await configure(deviceHost, "link set eth0 address 02:00:00:00:84:12")
        try await configure(box.namespace, "neighbour flush dev lan0")
    }

    /// Counts the frames of one kind that reach the wire behind the uplink.
    func framesSent(_ kind: String, during work: () async throws -> Void) async throws -> Int {
        try await box.framesSent(kind, during: work)
    }

    /// Counts the resets that the box sends to the device.
    func resetsHeard(during work: () async throws -> Void) async throws -> Int {
        try await box.framesSent("tcp flags & rst != 0", by: "lanport", during: work)
    }

    private static func text(_ file: String) -> String {
        (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    }

    private func wait(for what: String, until isTrue: () -> Bool) async throws {
        for _ in 0..<500 {
            if isTrue() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw HostError(.timeLimit, "waited 10 s for \(what)")
    }
}

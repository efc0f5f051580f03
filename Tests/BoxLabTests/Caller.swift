import HostSystem
import NetAddress

@testable import BoxLab

/// A program on a client that uses connections without a pause, and counts how that goes.
struct Caller {
    enum Work: String {
        /// Opens a connection to a relay up to the end of the TLS handshake, again and again.
        case relays
        /// Opens a page, again and again.
        case pages
        /// Keeps one connection to a relay and says a byte of an endless greeting again and again, until it fails.
        case streams
    }

    /// What happened so far.
    struct Tally: Equatable {
        /// Handshakes, pages, bytes.
        var done = 0
        /// Refused, reset, or answered by somebody who is no relay.
        var refused = 0
        /// Begun, but not answered in time.
        var unanswered = 0
    }

    private let process: LabProcess

    static func start(
        _ work: Work, on host: LabHost, to places: [Endpoint], secondsBetween pause: Double
    ) async throws -> Caller {
        let words = [work.rawValue, "\(pause)"] + places.flatMap { ["\($0.address)", "\($0.port)"] }
        // Its log begins empty.
        let name = "caller-\(work.rawValue)-\(UInt32.random(in: 0...UInt32.max))"
        let process = try await LabProcess.start(
            name, on: host, Command("python3", ["-u", "-c", program] + words))
        let caller = Caller(process: process)
        try await caller.waitForMore()
        return caller
    }

    /// What the last line says; complaints are lines of their own.
    func tally() throws -> Tally {
        let lines = try process.output().split(separator: "\n").dropLast()
        let numbers = lines.last { $0.first?.isNumber == true }?.split(separator: " ").compactMap { Int($0) } ?? []
        guard numbers.count == 3 else { return Tally() }
        return Tally(done: numbers[0], refused: numbers[1], unanswered: numbers[2])
    }

    /// Waits until everything that it does has been done several times more.
    func waitForMore() async throws {
        let before = try tally().done
        try await wait(upTo: .seconds(30), for: "more of \(process.name)") {
            try process.requireRunning()
            return try tally().done > before + 20
        }
    }

    func stop() async throws -> Tally {
        try await process.end()
        return try tally()
    }

    private static let program = """
        import socket, ssl, sys, threading, time
        work, pause, words = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
        lock, counts = threading.Lock(), [0, 0, 0]
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
        def count(what):
            with lock: counts[what] += 1
        def relays(stream):
            with tls.wrap_socket(stream): count(0)
        def pages(stream):
            stream.sendall(b"GET / HTTP/1.0\\r\\nHost: www.example.net\\r\\n\\r\\n")
            text = b"".join(iter(lambda: stream.recv(4096), b""))
            if b"you came from" not in text: raise TimeoutError("no page")
            count(0)
        def streams(stream):
            stream.sendall(bytes.fromhex("160301400001003ffc"))
            while True:
                stream.sendall(bytes(1))
                count(0)
                time.sleep(pause)
        def repeat(place):
            while True:
                try:
                    with socket.create_connection(place, 20) as stream: globals()[work](stream)
                except TimeoutError as error:
                    count(2)
                    print("!", place, error)
                except OSError as error:
                    count(1)
                    print("!", place, error)
                if work == "streams": return
                time.sleep(pause)
        for place in zip(words[::2], map(int, words[1::2])):
            threading.Thread(target=repeat, args=[place], daemon=True).start()
        while True:
            time.sleep(0.05)
            with lock: print(*counts)
        """
}

import Foundation
import Glibc
import HostSystem
import NetAddress
import TorDocuments

@testable import TorLink

/// Real programs on this machine's loopback addresses, and a folder of their own, for one test.
struct Loopback: Sendable {
    let folder: String

    /// Runs `body` with a fresh folder and removes it afterwards.
    static func with<Value: Sendable>(_ body: @Sendable (Loopback) async throws -> Value) async throws -> Value {
        var template = Array("/tmp/torlink-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw HostError(.file, "cannot make a folder in /tmp", errno: errno) }
        let loopback = Loopback(
            folder: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
        defer { try? FileManager.default.removeItem(atPath: loopback.folder) }
        return try await body(loopback)
    }

    /// Runs `body` as soon as somebody listens at all `endpoints`; the programs are ended afterwards.
    func running<Value: Sendable>(
        _ programs: [Command], at endpoints: [Endpoint], _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            defer { group.cancelAll() }
            for program in programs {
                group.addTask {
                    let outcome = try await program.outcome(limit: .seconds(120))
                    // Ended from outside it may say what it wants; by itself it should not end.
                    guard Task.isCancelled else {
                        throw HostError(.process, "\(program): \(outcome.errors)\(outcome.output)")
                    }
                    return nil
                }
            }
            group.addTask {
                for endpoint in endpoints { try await Self.awaitListener(at: endpoint) }
                return try await body()
            }
            for try await value in group {
                if let value { return value }
            }
            throw CancellationError()
        }
    }

    /// A real relay on both addresses, which nobody else hears of, and how it is known.
    func withTor<Value: Sendable>(
        _ body: @escaping @Sendable (_ v4: Endpoint, _ v6: Endpoint, _ pin: RelayPin) async throws -> Value
    ) async throws -> Value {
        let (v4, v6) = (Self.freeEndpoint(), Endpoint(.v6(IPv6Address(bits: 1)), Self.freeEndpoint().port))
        let torrc = folder + "/torrc"
        let zeros = String(repeating: "0", count: 40)
        let tor = Command(
            "tor",
            [
                "-f", torrc, "--defaults-torrc", torrc, "--ignore-missing-torrc", "--hush",
                "DataDirectory", folder + "/tor", "SocksPort", "0", "ORPort", "\(v4)", "+ORPort", "\(v6)",
                "Address", "127.0.0.1", "AssumeReachable", "1", "PublishServerDescriptor", "0", "ExitRelay", "0",
                "DirCache", "0", "TestingTorNetwork", "1", "ShutdownWaitLength", "0",
                "DirAuthority", "none orport=1 v3ident=\(zeros) 127.0.0.1:1 \(zeros)",
                "GeoIPFile", "/dev/null", "GeoIPv6File", "/dev/null", "__OwningControllerProcess", "\(getpid())",
            ])
        return try await running([tor], at: [v4, v6]) {
            // It listens before it has written down who it is.
            func word(_ file: String) async throws -> Substring {
                try await Self.awaiting {
                    let text = try String(contentsOfFile: folder + "/tor/" + file, encoding: .utf8)
                    let words = text.split { $0 == " " || $0 == "\n" }
                    guard words.count == 2 else { throw HostError(.file, "\(file): half written") }
                    return words[1]
                }
            }
            let pin = RelayPin(
                Fingerprint(hexadecimal: try await word("fingerprint"))!,
                ed25519: Ed25519Identity(base64: try await word("fingerprint-ed25519"))!)
            return try await body(v4, v6, pin)
        }
    }

    /// Makes a key and its TLS certificate in `NAME.pem`; returns the certificate in DER form.
    func makeTLSCertificate(_ name: String) async throws -> [UInt8] {
        let pem = "\(folder)/\(name).pem"
        try await Command(
            "openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "9", "-subj", "/CN=www.example.net",
                "-keyout", pem, "-out", pem + ".certificate",
            ]
        ).run()
        try await Command("openssl", ["x509", "-in", pem + ".certificate", "-outform", "DER", "-out", pem + ".der"])
            .run()
        let both = try Data(contentsOf: URL(filePath: pem)) + Data(contentsOf: URL(filePath: pem + ".certificate"))
        try both.write(to: URL(filePath: pem))
        return Array(try Data(contentsOf: URL(filePath: pem + ".der")))
    }

    /// Writes a file into the folder and returns its path.
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
        return "\(folder)/\(name)"
    }

    /// An endpoint on 127.0.0.1 where nobody listens just now.
    static func freeEndpoint() -> Endpoint {
        let (listener, endpoint) = listener(backlog: 0)
        // A program that another test is just starting may hold it for a moment longer; listening ends here.
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        return endpoint
    }

    /// A listening socket on 127.0.0.1 that accepts nothing by itself.
    static func listener(backlog: Int32) -> (descriptor: Int32, Endpoint) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                precondition(bind(descriptor, address, length) == 0 && listen(descriptor, backlog) == 0)
                precondition(getsockname(descriptor, address, &length) == 0)
            }
        }
        return (descriptor, Endpoint(.v4(IPv4Address(bits: 0x7F00_0001)), UInt16(bigEndian: address.sin_port)))
    }

    private static func awaitListener(at endpoint: Endpoint) async throws {
        try await awaiting { try RelaySocket(to: endpoint).awaitConnection(until: BootTime.after(.seconds(1))) }
    }

    /// Tries until it succeeds, for a minute.
    private static func awaiting<Value>(_ attempt: () throws -> Value) async throws -> Value {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            do {
                return try attempt()
            } catch {
                guard ContinuousClock.now < deadline else { throw error }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }
}

extension RelayClock {
    /// Reads on a thread of its own, so that the programs of the test can be looked after meanwhile.
    func reading(within limits: LinkLimits = .standard) async throws -> LinkReading {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try read(within: limits) })
            }
        }
    }

    /// Why it gives no reading.
    func refusal(within limits: LinkLimits = .standard) async throws -> LinkError? {
        do {
            _ = try await reading(within: limits)
            return nil
        } catch let error as LinkError {
            return error
        }
    }
}

import Figures
import Foundation

/// The file's bytes, by one read.
func readFile(_ path: String) throws -> [UInt8] {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { throw POSIXError(.init(rawValue: errno)!) }
    defer { close(file) }
    let size = Int(lseek(file, 0, SEEK_END))
    return try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        count = pread(file, buffer.baseAddress, size, 0)
        guard count == size else { throw POSIXError(.EIO) }
    }
}

/// The least that a reader of lines must do: read the file and find each line end.
func readAndSearch(_ path: String) throws {
    let lines = try readFile(path).withUnsafeBytes { bytes in
        var place = bytes.baseAddress!
        let end = place + bytes.count
        var lines = 0
        while let found = memchr(place, 10, end - place) {
            lines += 1
            place = UnsafeRawPointer(found) + 1
        }
        return lines
    }
    precondition(lines > 0)
}

/// The milliseconds of the CPU that python3-stem takes for the same file, the start of Python left out.
func stemMilliseconds(_ path: String, validate: String) throws -> Sample {
    let script = """
        import stem.descriptor, stem.descriptor.networkstatus, sys, time
        times = []
        for _ in range(5):
            begin = time.process_time()
            with open(sys.argv[1], 'rb') as file:
                document = stem.descriptor.networkstatus.NetworkStatusDocumentV3(file.read(), validate = \(validate))
            relays = [(relay.address, relay.or_port, relay.or_addresses, relay.flags, relay.fingerprint)
                      for relay in document.routers.values()]
            times.append(1000 * (time.process_time() - begin))
        assert len(relays) == 10000
        print(*times)
        """
    let times = try run("/usr/bin/python3", ["-c", script, path]).split { " \n".contains($0) }.compactMap { Double($0) }
    guard times.count == 5 else { throw CocoaError(.fileReadCorruptFile) }
    return Sample(times)
}

/// Runs a program to its end and returns what it printed; throws where it fails.
@discardableResult
func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
        throw CocoaError(.executableLoad, userInfo: [NSLocalizedDescriptionKey: "\(program) failed: \(text)"])
    }
    return text
}

import BoxTime
import FoundationEssentials
import HostSystem

/// What is known of the time from before: the last good time, over power-off, and how far the clock is relied on, over
/// a restart of torboxd.
struct ClockFiles: Sendable {
    private let goodTimeFile: DurableFile
    private let memoryFile: DurableFile
    private let bootID: String

    /// - Parameters:
    ///   - state: the folder for what is kept.
    ///   - runtime: the folder for what is lost at power-off.
    init(state: String, runtime: String) throws(HostError) {
        goodTimeFile = DurableFile(state + "/clock")
        memoryFile = DurableFile(runtime + "/clock.json")
        bootID = try SystemClock.bootID()
    }

    /// In seconds since 1970; `nil` on the first day.
    ///
    /// - Throws: ``HostError`` of kind `.file` where it cannot be read, or holds something else.
    func goodTime() throws(HostError) -> Int64? {
        guard goodTimeFile.exists else { return nil }
        let text = String(decoding: try goodTimeFile.read(limit: 64), as: UTF8.self)
        guard let seconds = Int64(text.prefix { $0 != "\n" }) else {
            throw HostError(.file, "\(goodTimeFile.path): no time; it is written anew once the clock is right")
        }
        return seconds
    }

    /// A power cut leaves the old time or this one.
    func keep(goodTime seconds: Int64) throws(HostError) {
        try goodTimeFile.replace(with: "\(seconds)\n")
    }

    private struct Note: Codable {
        let boot: String
        let clock: ClockMemory
    }

    /// What an earlier torboxd of this boot left; `nil` where there was none.
    func memory() throws -> ClockMemory? {
        guard memoryFile.exists else { return nil }
        let note = try JSONDecoder().decode(Note.self, from: Data(memoryFile.read(limit: 4_096)))
        return note.boot == bootID ? note.clock : nil
    }

    func keep(memory: ClockMemory?) throws {
        guard let memory else { return try memoryFile.remove() }
        try memoryFile.replace(with: JSONEncoder().encode(Note(boot: bootID, clock: memory)), mode: 0o600)
    }
}

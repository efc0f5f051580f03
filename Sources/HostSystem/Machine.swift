import Glibc

/// The machine as its kernel describes it.
public enum Machine {
    /// In bytes: all of it, and what a program could still use.
    public typealias Room = (total: Int, available: Int)

    /// - Throws: ``HostError`` of kind `.file`.
    public static func memory() throws(HostError) -> Room {
        let text = try text("/proc/meminfo")
        guard let total = memory("MemTotal", in: text), let available = memory("MemAvailable", in: text) else {
            throw HostError(.file, "/proc/meminfo: MemTotal or MemAvailable is missing")
        }
        return (total, available)
    }

    /// A line of /proc/meminfo, such as `MemTotal:  3884124 kB`.
    static func memory(_ name: String, in text: String) -> Int? {
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        let words = (line ?? "").split(separator: " ")
        guard words.count == 3, words[2] == "kB" else { return nil }
        return Int(words[1]).map { $0 * 1024 }
    }

    /// The file system on which a folder lies.
    ///
    /// - Throws: ``HostError`` of kind `.file`.
    public static func disk(of folder: String) throws(HostError) -> Room {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { throw HostError(.file, folder, errno: errno) }
        let block = Int(status.f_frsize)
        return (Int(status.f_blocks) * block, Int(status.f_bavail) * block)
    }

    /// The average number of programs that wanted a processor over 1, 5 and 15 minutes.
    ///
    /// - Throws: ``HostError`` of kind `.file`.
    public static func load() throws(HostError) -> [Double] {
        let words = try text("/proc/loadavg").split(separator: " ").prefix(3).compactMap { Double($0) }
        guard words.count == 3 else { throw HostError(.file, "/proc/loadavg: no three numbers") }
        return words
    }

    public static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Such as `6.1.0-28-amd64`.
    ///
    /// - Throws: ``HostError`` of kind `.file`.
    public static func kernel() throws(HostError) -> String { try text("/proc/sys/kernel/osrelease") }

    /// Such as `12.11`; `nil` where this is no Debian.
    ///
    /// - Throws: ``HostError`` of kind `.file`.
    public static func debian() throws(HostError) -> String? {
        DurableFile("/etc/debian_version").exists ? try text("/etc/debian_version") : nil
    }

    /// Each sensor's name and degrees Celsius, by name; a machine without sensors has none.
    ///
    /// - Parameter folder: the kernel's thermal zones (Documentation/driver-api/thermal/sysfs-api.rst).
    /// - Throws: ``HostError`` of kind `.file`.
    public static func temperatures(
        in folder: String = "/sys/class/thermal"
    ) throws(HostError) -> [(sensor: String, celsius: Double)] {
        var found: [(String, Double)] = []
        for zone in 0..<64 {
            let path = "\(folder)/thermal_zone\(zone)"
            guard DurableFile(path).exists else { continue }
            // A sensor that is asleep has a file that cannot be read: it has nothing to say.
            guard let degrees = try? text(path + "/temp"), let thousandths = Int(degrees) else { continue }
            found.append((try text(path + "/type"), Double(thousandths) / 1000))
        }
        return found.sorted { $0 < $1 }
    }

    private static func text(_ file: String) throws(HostError) -> String {
        String(decoding: try DurableFile(file).read(limit: 65_536), as: UTF8.self).split(separator: "\n").joined(
            separator: "\n")
    }
}

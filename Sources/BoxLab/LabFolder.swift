import FoundationEssentials

/// A folder of the lab; everything that the lab writes lies in one of these.
public struct LabFolder: Sendable, Hashable {
    public let path: String

    public init(_ path: String) {
        self.path = path
    }

    /// All that lives as long as the lab is up.
    public static let run = LabFolder("/run/torbox-lab")
    /// What every long-lived process of the lab says, one file each.
    public static let logs = run / "log"
    /// The process ids of the long-lived processes, one file each.
    static let processes = run / "pid"
    /// Data directories of the private Tor network's nodes, one folder each.
    static let tor = run / "tor"
    /// The box's configuration, airlock, runtime and state.
    public static let box = run / "box"
    /// Stored Tor networks; the only thing that outlives `down`.
    static let snapshots = LabFolder("/var/cache/torbox-lab")

    public static func / (folder: LabFolder, name: String) -> LabFolder {
        LabFolder("\(folder.path)/\(name)")
    }

    public var exists: Bool {
        FileManager.default.fileExists(atPath: path)
    }

    /// The names of the files and folders inside, sorted; none where the folder does not exist.
    var names: [String] {
        get throws {
            exists ? try FileManager.default.contentsOfDirectory(atPath: path).sorted() : []
        }
    }

    /// Makes the folder and those above it.
    func make() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Removes the folder and all inside it, if it is there.
    func remove() throws {
        guard exists else { return }
        try FileManager.default.removeItem(atPath: path)
    }

    /// Replaces a file's contents, keeping the file itself, since a namespace may have it mounted.
    func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
    }

    /// A file's text; `nil` where it does not exist.
    public func read(_ name: String) throws -> String? {
        guard (self / name).exists else { return nil }
        return try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }
}

import FoundationEssentials

/// Where the lab finds the product: its programs, and the files of the source tree that go with them.
public struct Checkout: Sendable {
    /// The folder with `torboxd` and `torbox-lab`.
    public let programs: String
    /// The folder with `Lab/` and `System/`.
    public let root: String

    /// The checkout to which the running program belongs.
    ///
    /// - Parameter programs: the folder with the programs; the running program's own where `nil`.
    /// - Throws: ``LabError`` of kind `.missing` where no folder above the programs holds the lab's files.
    public init(programs: String? = nil) throws {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let programs = programs ?? own.parentFolder
        var root = programs
        while !FileManager.default.fileExists(atPath: "\(root)/Lab/dhcp-client") {
            guard root.contains("/") else {
                throw LabError(.missing, "\(programs): no folder above it holds Lab/dhcp-client; build in the checkout")
            }
            root = root.parentFolder
        }
        self.programs = programs
        self.root = root
    }

    func program(_ name: String) throws -> String {
        let path = "\(programs)/\(name)"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw LabError(.missing, "\(path): not there; run `swift build --product \(name)`")
        }
        return path
    }

    func file(_ name: String) -> String {
        "\(root)/\(name)"
    }
}

extension String {
    fileprivate var parentFolder: String {
        lastIndex(of: "/").map { String(self[..<$0]) } ?? ""
    }
}

import FoundationEssentials

/// The files of this repository, found from where this one lies.
enum Repository {
    static func text(of path: String) throws -> String {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return String(decoding: try Data(contentsOf: URL(filePath: "/\(root)/\(path)")), as: UTF8.self)
    }
}

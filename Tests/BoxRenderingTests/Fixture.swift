import BoxConfiguration
import FoundationEssentials

/// The files beside these tests: configurations, and what must be rendered from them.
enum Fixture {
    static func text(_ name: String) throws -> String {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        return String(decoding: try Data(contentsOf: URL(filePath: "/\(folder)/Fixtures/\(name)")), as: UTF8.self)
    }

    static func configuration(_ name: String) throws -> Configuration {
        try Configuration.reading(text(name), file: name)
    }
}

import Testing

@testable import BoxConfiguration

@Suite("The guide to the configuration file")
struct ConfigurationGuideTests {
    @Test("docs/configuration.md is what the schema says; torboxd --print-configuration-guide prints it anew")
    func guideIsUpToDate() throws {
        #expect(try Repository.text(of: "docs/configuration.md") == ConfigurationGuide.markdown)
    }

    @Test("The smallest file of the guide is a configuration")
    func smallestFile() throws {
        let expected = try Configuration.reading(ReadingTests.smallest, file: "torbox.toml")
        #expect(try Configuration.reading(ConfigurationGuide.smallestFile, file: "torbox.toml") == expected)
    }
}

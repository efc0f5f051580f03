import BoxModel

extension Configuration {
    public static func reading(bytes: [UInt8], file: String, settings: [UInt8]?, settingsFile: String)
        throws(ConfigurationError) -> Configuration
    {
        try reading(bytes: bytes, file: file)
    }
    public var settings: Settings { Settings() }
}
extension Settings { public var toml: String { "" } }

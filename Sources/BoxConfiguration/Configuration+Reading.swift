extension Configuration {
    public static func reading(_ text: String, file: String) throws(ConfigurationError) -> Configuration {
        throw ConfigurationError([])
    }
}

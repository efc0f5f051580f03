/// What snowflake's program is told when it is started, by the rules for programs that carry for tor (pt-spec).
///
/// It takes its directions, such as whom to ask for volunteers, from tor with each connection, and writes no log.
public enum SnowflakeEnvironment {
    /// One for each variable.
    public static let words = ["TOR_PT_MANAGED_TRANSPORT_VER=1", "TOR_PT_CLIENT_TRANSPORTS=snowflake"]

    /// One a line, as a unit of systemd reads it (`EnvironmentFile`).
    public static let text = words.map { "\($0)\n" }.joined()
}

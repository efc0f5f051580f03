import BoxConfiguration
import BoxRendering
import HostSystem

extension Command {
    /// The program that meets snowflakes as a daemon, from its start as the user that the airlock knows, and without a
    /// way to become another.
    ///
    /// It says on which port it listens; the kernel says the same, and of which user's program.
    static func snowflake(paths: ServicePaths) -> Command {
        let user = Configuration.snowflakeUser
        return Command(
            "start-stop-daemon",
            ["--start", "--background", "--make-pidfile", "--pidfile", paths.snowflakePidFile]
                + ["--startas", "/usr/bin/setpriv", "--", "--reuid", user, "--regid", user, "--clear-groups"]
                + ["--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", "env", "--ignore-environment"]
                + SnowflakeEnvironment.words + ["/usr/bin/snowflake-client"])
    }
}

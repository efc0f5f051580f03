import BoxRendering
import HostSystem

extension Command {
    /// The system user of the pages. It is in the group that may ask torboxd, and has no other right.
    static let webUser = "torbox-web"

    /// The program of the pages as a daemon, from its start as its own user and without a way to become another.
    static func web(_ program: String, _ arguments: WebArguments, paths: ServicePaths) -> Command {
        Command(
            "start-stop-daemon",
            ["--start", "--background", "--make-pidfile", "--pidfile", paths.webPidFile, "--output", paths.webNotices]
                + ["--startas", "/usr/bin/setpriv", "--", "--reuid", webUser, "--regid", webUser, "--init-groups"]
                + ["--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", program] + arguments.words)
    }
}

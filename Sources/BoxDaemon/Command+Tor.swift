import HostSystem

extension Command {
    /// tor with this torrc and no other; to be started as the user that the airlock knows.
    static func tor(_ torrc: String, _ options: [String]) -> Command {
        // Debian's defaults add listeners, so they are left out.
        Command("tor", ["-f", torrc, "--defaults-torrc", "/dev/null"] + options)
    }
}

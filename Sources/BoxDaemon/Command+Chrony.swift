import HostSystem

extension Command {
    /// The user of Debian's package.
    static let chronyUser = "_chrony"

    /// chronyd that never sets the clock, from its start as a user with the one right to take port 123.
    static func chrony(_ options: [String]) -> Command {
        let right = "+net_bind_service"
        return Command(
            "setpriv",
            ["--reuid", chronyUser, "--regid", chronyUser, "--clear-groups", "--no-new-privs"]
                + ["--inh-caps", right, "--ambient-caps", right, "--bounding-set", "-all,\(right)"]
                // It would insist on root otherwise, only to give it up.
                + ["chronyd", "-x", "-U"] + options)
    }
}

import HostSystem

extension Command {
    /// The same command, from its start as a user without any right of its own, and without a way to get one.
    func with(user: String) -> Command {
        Command(
            "setpriv",
            ["--reuid", user, "--regid", user, "--clear-groups", "--no-new-privs", "--bounding-set=-all", program]
                + arguments)
    }
}

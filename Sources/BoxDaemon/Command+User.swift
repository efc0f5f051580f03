import HostSystem

extension Command {
    /// The same command, from its start as a user without any right of its own, and without a way to get one.
    ///
    /// - Parameter group: the one of the same name unless given.
    func with(user: String, group: String? = nil) -> Command {
        Command(
            "setpriv",
            [
                "--reuid", user, "--regid", group ?? user, "--clear-groups", "--no-new-privs", "--bounding-set=-all",
                program,
            ]
                + arguments)
    }
}

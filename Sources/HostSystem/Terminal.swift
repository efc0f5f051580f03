import Glibc

/// The person at the other end of standard input and standard error; standard output is left to what a command prints.
public enum Terminal {
    /// Whether somebody can be asked.
    public static var isThere: Bool { isatty(STDIN_FILENO) == 1 }

    /// Asks and returns the line that was typed, or the next line of a standard input that is no terminal.
    ///
    /// - Parameter hidden: what is typed does not show.
    /// - Returns: `nil` at the end of the input.
    public static func line(asking question: String, hidden: Bool = false) -> String? {
        guard isThere else { return readLine() }
        write(STDERR_FILENO, question, question.utf8.count)
        guard hidden else { return readLine() }
        var before = termios()
        tcgetattr(STDIN_FILENO, &before)
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            // The one that was typed did not show either.
            write(STDERR_FILENO, "\n", 1)
        }
        return readLine()
    }
}

/// A program and its arguments, run without a shell.
public struct Command: Sendable, Hashable {
    /// A name looked up in `PATH`, or an absolute path.
    public var program: String
    public var arguments: [String]

    public init(_ program: String, _ arguments: [String] = []) {
        self.program = program
        self.arguments = arguments
    }

    /// The same command inside a network namespace.
    ///
    /// It goes through `ip netns exec`, since children start from a worker thread whose namespace is not ours to choose.
    public func inside(namespace: String) -> Command {
        Command("ip", ["netns", "exec", namespace, program] + arguments)
    }
}

extension Command: CustomStringConvertible {
    public var description: String {
        ([program] + arguments).joined(separator: " ")
    }
}

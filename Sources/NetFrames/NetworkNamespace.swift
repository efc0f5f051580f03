import CLinux
import Glibc
import Synchronization

/// A network namespace that `ip netns add` made.
///
/// A socket stays for life in the namespace where it was opened, so opening it is the only part that must run inside.
public struct NetworkNamespace: Sendable, Hashable {
    public let name: String

    public init(_ name: String) {
        self.name = name
    }

    /// Runs a short piece of work on a thread of its own inside the namespace and waits for it.
    ///
    /// - Throws: ``FrameError`` of kind `.socket` where there is no such namespace, or what the work throws.
    public func perform<Value: Sendable>(
        _ work: @escaping @Sendable () throws(FrameError) -> Value
    ) throws(FrameError) -> Value {
        let outcome = Outcome<Value>()
        let thread = try OwnThread {
            outcome.set(
                Result { () throws(FrameError) -> Value in
                    try enter()
                    return try work()
                })
        }
        thread.join()
        return try outcome.get()
    }

    /// Moves the calling thread into the namespace, for good.
    private func enter() throws(FrameError) {
        let descriptor = open("/run/netns/\(name)", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FrameError(.socket, "network namespace \(name)", errno: errno) }
        defer { close(descriptor) }
        guard setns(descriptor, Int32(TORBOX_CLONE_NEWNET)) == 0 else {
            throw FrameError(.socket, "network namespace \(name): cannot enter", errno: errno)
        }
    }
}

/// Carries a result out of the thread that made it.
private final class Outcome<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, FrameError>?>(nil)

    func set(_ value: Result<Value, FrameError>) {
        result.withLock { $0 = value }
    }

    /// To be called once the thread has ended.
    func get() throws(FrameError) -> Value {
        try result.withLock { $0! }.get()
    }
}

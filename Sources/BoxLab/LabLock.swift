import Glibc

/// The right to change the lab; the kernel gives it to one process and takes it back when that one dies.
public final class LabLock: Sendable {
    private let descriptor: CInt
    private static let path = "/run/lock/torbox-lab.lock"

    private init(_ descriptor: CInt) {
        self.descriptor = descriptor
    }

    /// Takes the lock.
    ///
    /// - Parameter patience: how long to wait for another lab to finish; zero means not at all.
    /// - Throws: ``LabError`` of kind `.busy` with the process id of the holder.
    public static func take(patience: Duration = .zero) async throws -> LabLock {
        // Close-on-exec: a child that kept it would hold the lab after its maker died.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw LabError(
                .missing, "\(path): cannot be opened: \(String(cString: strerror(errno))); run the lab as root")
        }
        let lock = LabLock(descriptor)
        let end = ContinuousClock.now + patience
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard ContinuousClock.now < end else {
                throw LabError(
                    .busy, "the lab is in use by process \(lock.holder); wait until it ends, or end it by Ctrl-C")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        ftruncate(descriptor, 0)
        let note = "\(getpid())\n"
        pwrite(descriptor, note, note.utf8.count, 0)
        return lock
    }

    private var holder: String {
        withUnsafeTemporaryAllocation(byteCount: 32, alignment: 1) { buffer in
            let count = pread(descriptor, buffer.baseAddress, buffer.count, 0)
            return String(decoding: buffer.prefix(max(count - 1, 0)), as: UTF8.self)
        }
    }

    deinit {
        close(descriptor)
    }
}

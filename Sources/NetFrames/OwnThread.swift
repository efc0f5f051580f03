import Glibc

/// A thread that lives for one piece of work: nothing that the work changes about its thread outlives it.
struct OwnThread {
    private let thread: pthread_t

    /// Starts at once; ``join()`` or ``detach()`` must follow.
    init(_ work: @escaping @Sendable () -> Void) throws(FrameError) {
        var thread = pthread_t()
        let body = Unmanaged.passRetained(Body(run: work))
        let failure = pthread_create(
            &thread, nil,
            { body in
                Unmanaged<Body>.fromOpaque(body!).takeRetainedValue().run()
                return nil
            }, body.toOpaque())
        guard failure == 0 else {
            body.release()
            throw FrameError(.socket, "no thread to wait on", errno: failure)
        }
        self.thread = thread
    }

    func join() {
        pthread_join(thread, nil)
    }

    func detach() {
        pthread_detach(thread)
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }
}

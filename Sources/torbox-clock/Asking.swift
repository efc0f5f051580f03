import BoxTime
import Glibc
import TorLink

/// Asks relays, each on a thread of its own, which does nothing but wait for this one.
enum Asking {
    /// Between two starts, at most: an uplink should not see all of them in one moment. With 32 relays 5 seconds in all.
    private static let longestPause: UInt32 = 150_000

    /// Asks them in random order; returns when each has its line on standard output.
    static func all(_ questions: [ClockQuestion]) {
        var threads: [pthread_t] = []
        for (place, question) in questions.shuffled().enumerated() {
            if place > 0 { usleep(.random(in: 0...longestPause)) }
            var thread = pthread_t()
            let asked = Unmanaged.passRetained(Asked(question.clock))
            let code = pthread_create(
                &thread, nil,
                { asked in
                    Asking.one(Unmanaged<Asked>.fromOpaque(asked!).takeRetainedValue().clock)
                    return nil
                }, asked.toOpaque())
            guard code == 0 else {
                asked.release()
                tell(
                    ClockLine(question.clock, LinkError(.machine, .connection, "\(question.clock.endpoint): no thread"))
                )
                continue
            }
            threads.append(thread)
        }
        for thread in threads { pthread_join(thread, nil) }
    }

    private static func one(_ clock: RelayClock) {
        do {
            tell(ClockLine(try clock.read()))
        } catch {
            tell(ClockLine(clock, error))
        }
    }

    /// One write each: lines this short do not mingle in a pipe.
    private static func tell(_ line: ClockLine) {
        do {
            let json = try line.json()
            guard write(STDOUT_FILENO, json, json.count) == json.count else { exit(Refusal.machine) }
        } catch {
            exit(Refusal.machine)
        }
    }

    private final class Asked: Sendable {
        let clock: RelayClock

        init(_ clock: RelayClock) {
            self.clock = clock
        }
    }
}

import BoxTime
import Glibc
import TorLink

/// Asks the relays named on standard input for their time, and writes what becomes of each on standard output.
///
/// It takes no arguments and reads no file. It ends by itself within ``longestLife`` seconds.
@main
struct TorboxClock {
    private static let longestLife: UInt32 = 30

    static func main() {
        // Whatever happens below, the kernel ends this process then.
        alarm(longestLife)
        do throws(Refusal) {
            try Confinement.begin()
            Asking.all(try Questions.read())
        } catch {
            let words = "torbox-clock: \(error.message)\n"
            write(STDERR_FILENO, words, words.utf8.count)
            exit(error.code)
        }
    }
}

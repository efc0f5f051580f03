import CLinux
import Glibc

/// Gives up what asking relays does not need.
enum Confinement {
    private static let descriptors: UInt = 64
    /// Should standard output be a file: more than 32 lines take.
    private static let fileBytes: UInt = 65_536

    /// No new privileges, no core, small files, few descriptors: for good, and for every thread to come.
    static func begin() throws(Refusal) {
        guard torbox_no_new_privileges() == 0 else { throw failed("no_new_privs") }
        try limit(.core, to: 0)
        try limit(.fileSize, to: fileBytes)
        try limit(.descriptors, to: descriptors)
    }

    private enum Resource: String {
        case core
        case fileSize = "file size"
        case descriptors
    }

    /// A lower limit that holds already stays.
    private static func limit(_ resource: Resource, to most: UInt) throws(Refusal) {
        let number =
            switch resource {
            case .core: __rlimit_resource_t(RLIMIT_CORE.rawValue)
            case .fileSize: __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
            case .descriptors: __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
            }
        var limit = rlimit()
        guard getrlimit(number, &limit) == 0 else { throw failed("the limit of \(resource.rawValue)") }
        limit = rlimit(rlim_cur: min(limit.rlim_cur, most), rlim_max: min(limit.rlim_max, most))
        guard setrlimit(number, &limit) == 0 else { throw failed("the limit of \(resource.rawValue)") }
    }

    private static func failed(_ what: String) -> Refusal {
        Refusal(code: Refusal.machine, message: "\(what): \(String(cString: strerror(errno)))")
    }
}

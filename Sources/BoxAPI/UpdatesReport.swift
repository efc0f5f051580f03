/// How the machine's packages are kept up to date.
public struct UpdatesReport: Codable, Sendable, Hashable {
    /// When a look for updates last succeeded, in seconds since 1970; absent before the first.
    public var checked: Int64?
    /// What is not installed yet.
    public var pending: [Package]
    /// What is done now; absent where nothing is.
    public var running: Progress?
    /// How the last run failed; absent where it did not.
    public var failure: Failure?
    /// What was replaced but runs on until the machine is started anew, such as `vmlinuz-6.12.48-amd64`.
    public var restartFor: [String]

    public struct Package: Codable, Sendable, Hashable {
        public var name: String
        /// Absent where the package is not here yet.
        public var installed: String?
        public var available: String

        public init(name: String, installed: String?, available: String) {
            (self.name, self.installed, self.available) = (name, installed, available)
        }
    }

    public struct Progress: Codable, Sendable, Hashable {
        public enum Step: String, Codable, Sendable, CaseIterable {
            case repairing, checking, downloading, installing
        }

        public var step: Step
        /// 0...100 of this step, as apt reckons it; absent where it says nothing.
        public var percent: Int?

        public init(_ step: Step, percent: Int? = nil) {
            (self.step, self.percent) = (step, percent)
        }
    }

    public struct Failure: Codable, Sendable, Hashable {
        /// In seconds since 1970.
        public var time: Int64
        /// In apt's words.
        public var reason: String

        public init(time: Int64, reason: String) {
            (self.time, self.reason) = (time, reason)
        }
    }

    public init(
        checked: Int64?, pending: [Package], running: Progress?, failure: Failure?, restartFor: [String]
    ) {
        self.checked = checked
        self.pending = pending
        self.running = running
        self.failure = failure
        self.restartFor = restartFor
    }
}

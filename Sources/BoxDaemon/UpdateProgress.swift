import BoxAPI

extension UpdatesReport.Progress {
    /// Reads the steps of `torbox-update` and what apt says of each by `APT::Status-Fd`, as in `pmstatus:tor:40.5:Unpacking`.
    ///
    /// - Returns: how far the last step is; `nil` where none has begun.
    init?(lines: String) {
        var progress: Self?
        for line in lines.split(separator: "\n") {
            let parts = line.split(separator: ":")
            switch parts.first {
            case "step": progress = parts.count > 1 ? Step(rawValue: String(parts[1])).map { Self($0) } : nil
            case "dlstatus", "pmstatus":
                // A package's name may have its architecture, `libc6:amd64`, and a file's number stands for its name.
                guard let percent = parts.dropFirst(2).lazy.compactMap({ Double($0) }).first else { continue }
                progress?.percent = Int(min(100, max(0, percent)))
            default: continue
            }
        }
        guard let progress else { return nil }
        self = progress
    }
}

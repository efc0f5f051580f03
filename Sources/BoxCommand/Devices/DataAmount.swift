/// An amount of data as people say it: `512 B`, `1.5 kB`, `20.0 GB`.
struct DataAmount: CustomStringConvertible {
    let bytes: Int

    var description: String {
        var unit = 1
        for name in ["B", "kB", "MB", "GB"] {
            guard bytes / unit >= 1000 else { return words(unit, name) }
            unit *= 1000
        }
        return words(unit, "TB")
    }

    /// Cut and not rounded, so that no amount reads as 1000 of a unit.
    private func words(_ unit: Int, _ name: String) -> String {
        unit == 1 ? "\(bytes) B" : "\(bytes / unit).\(bytes % unit * 10 / unit) \(name)"
    }
}

/// How fast one curl asks for page after page.
enum Pace: Sendable {
    /// With rests: right after a connection's end the next one waits for acknowledgements between tor's relays.
    case tenASecond
    case oneByOne
    case atOnce(Int)

    var arguments: [String] {
        switch self {
        case .tenASecond: ["--rate", "10/s"]
        case .oneByOne: []
        case .atOnce(let count): ["--parallel", "--parallel-immediate", "--parallel-max", "\(count)"]
        }
    }
}

import BoxAPI

/// The lines of the picture of the traffic: one step to the right for each sample, the latest at the edge.
struct TrafficChart {
    static let width = 236
    static let height = 64

    /// The value at the picture's top.
    let most: Int
    private let samples: [Rate]
    private let capacity: Int

    init(_ samples: [Rate], capacity: Int = 60) {
        self.samples = Array(samples.suffix(capacity))
        self.capacity = capacity
        most = samples.map { max($0.received, $0.sent) }.max() ?? 0
    }

    var received: String { line(\.received) }
    var sent: String { line(\.sent) }

    /// As SVG's `points` takes them: `x,y x,y …`.
    private func line(_ value: KeyPath<Rate, Int>) -> String {
        let step = Self.width / (capacity - 1)
        return samples.enumerated().map { index, sample in
            // A line of zeroes lies on the ground, with its whole width inside the picture.
            let height = most == 0 ? 0 : sample[keyPath: value] * (Self.height - 4) / most
            return "\((capacity - samples.count + index) * step),\(Self.height - 2 - height)"
        }.joined(separator: " ")
    }
}

import Figures

/// The same work by both routes in turns, so that whatever else the machine does burdens both alike.
struct Comparison<Value: Sendable>: Sendable {
    private var pairs: [(box: Value, socks: Value)] = []

    init(rounds: Int, _ measure: (Route) async throws -> Value) async throws {
        for round in 0..<rounds {
            // Each goes first as often: the second may find caches warmer, or the machine busier.
            if round.isMultiple(of: 2) {
                let box = try await measure(.box)
                pairs.append((box, try await measure(.socks)))
            } else {
                let socks = try await measure(.socks)
                pairs.append((try await measure(.box), socks))
            }
        }
    }

    func sample(_ route: Route, _ figure: (Value) -> Double) -> Sample {
        switch route {
        case .box: Sample(pairs.map { figure($0.box) })
        case .socks: Sample(pairs.map { figure($0.socks) })
        }
    }

    /// The box's figure by that of SOCKS, pair by pair.
    func ratio(_ figure: (Value) -> Double) -> Sample {
        Sample(pairs.map { figure($0.box) / figure($0.socks) })
    }

    /// The box's figure less that of SOCKS, pair by pair.
    func difference(_ figure: (Value) -> Double) -> Sample {
        Sample(pairs.map { figure($0.box) - figure($0.socks) })
    }
}

import BoxAPI

/// Where the circuits are drawn: a line for each, from the devices through the box and its relays to the sites.
///
/// Circuits that begin with the same relay share its circle.
struct CircuitPicture {
    struct Place: Equatable {
        var x: Int
        var y: Int
        /// The country's letters, or `?`.
        var label: String
    }

    struct Line: Equatable {
        /// What SVG calls path data.
        var path: String
        var carriesSomething: Bool
    }

    static let width = 332
    private static let top = 34
    private static let row = 40
    static let (devices, box, first, last, sites) = (26, 82, 138, 250, 306)

    /// The circuits as they are numbered, from the top.
    let circuits: [CircuitsReport.Circuit]
    let relays: [Place]
    let lines: [Line]

    init(_ circuits: [CircuitsReport.Circuit]) {
        // Stable: those of one guard stay together, in their order.
        var order: [CircuitsReport.Relay] = []
        for circuit in circuits { if let entry = circuit.relays.first, !order.contains(entry) { order.append(entry) } }
        let rows = order.flatMap { entry in circuits.filter { $0.relays.first == entry } }
        self.circuits = rows

        var relays: [Place] = []
        var lines: [Line] = []
        let middle = Self.middle(of: rows.indices)
        for entry in order {
            let own = rows.indices.filter { rows[$0].relays.first == entry }
            let guardPlace = Place(x: Self.first, y: Self.middle(of: own), label: entry.country ?? "?")
            relays.append(guardPlace)
            for index in own {
                let hops = rows[index].relays
                let rest = hops.dropFirst().enumerated().map { number, relay in
                    let x = Self.first + (Self.last - Self.first) * (number + 1) / (hops.count - 1)
                    return Place(x: x, y: Self.y(index), label: relay.country ?? "?")
                }
                relays += rest
                let way = [Place(x: Self.box, y: middle, label: ""), guardPlace] + rest
                lines.append(
                    Line(
                        path: Self.path(way + [Place(x: Self.sites, y: middle, label: "")]),
                        carriesSomething: rows[index].streams > 0))
            }
        }
        self.relays = relays
        self.lines = lines
    }

    var height: Int { Self.top + max(2, circuits.count) * Self.row }

    /// Where the devices, the box and the sites stand.
    var middle: Int { Self.middle(of: circuits.indices) }

    private static func y(_ row: Int) -> Int { top + row * Self.row + Self.row / 2 }

    private static func middle(of rows: some BidirectionalCollection<Int>) -> Int {
        guard let first = rows.first, let last = rows.last else { return top + row }
        return (y(first) + y(last)) / 2
    }

    private static func path(_ places: [Place]) -> String {
        zip(places, places.dropFirst()).reduce("M\(places[0].x) \(places[0].y)") { path, step in
            let half = (step.0.x + step.1.x) / 2
            return path + "C\(half) \(step.0.y) \(half) \(step.1.y) \(step.1.x) \(step.1.y)"
        }
    }

    /// What the template draws.
    var values: [String: Any] {
        [
            "width": Self.width, "height": height, "middle": middle,
            "carriesAnything": lines.contains(where: \.carriesSomething),
            "lines": lines.map { ["path": $0.path, "carriesSomething": $0.carriesSomething] as [String: Any] },
            "relays": relays.map { ["x": $0.x, "y": $0.y, "base": $0.y + 4, "label": $0.label] as [String: Any] },
        ]
    }
}

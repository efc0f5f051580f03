import BoxAPI
import Testing

@testable import BoxWeb

@Suite("The picture of the circuits")
struct CircuitPictureTests {
    private func circuit(_ id: Int, through relays: [CircuitsReport.Relay]) -> CircuitsReport.Circuit {
        .init(id: "\(id)", purpose: .internet, ageSeconds: nil, streams: id == 1 ? 1 : 0, relays: relays)
    }

    private func relay(_ number: Int, _ country: String? = "DE") -> CircuitsReport.Relay {
        SampleTor.relay(number, country)
    }

    @Test("One circuit goes straight through, from the box over three relays to the sites")
    func one() {
        let picture = CircuitPicture([circuit(1, through: [relay(1), relay(2, "FR"), relay(3, nil)])])
        #expect(picture.relays.map(\.x) == [138, 194, 250])
        #expect(picture.relays.map(\.label) == ["DE", "FR", "?"])
        #expect(Set(picture.relays.map(\.y)) == [picture.middle])
        #expect(picture.lines.count == 1 && picture.lines[0].carriesSomething)
        #expect(picture.lines[0].path.hasPrefix("M82 \(picture.middle)C"))
        #expect(picture.lines[0].path.hasSuffix(" 306 \(picture.middle)"))
    }

    @Test("Circuits of one guard stand together, in their order, and share its circle halfway between them")
    func sharedGuard() {
        let ways = [(1, 1), (2, 2), (3, 1), (4, 2)].map { id, first in
            circuit(id, through: [relay(first), relay(10 + id), relay(20 + id)])
        }
        let picture = CircuitPicture(ways)
        #expect(picture.circuits.map(\.id) == ["1", "3", "2", "4"])
        let guards = picture.relays.filter { $0.x == CircuitPicture.first }
        let exits = picture.relays.filter { $0.x == CircuitPicture.last }
        #expect(guards.count == 2 && exits.count == 4)
        #expect(guards[0].y == (exits[0].y + exits[1].y) / 2 && guards[1].y == (exits[2].y + exits[3].y) / 2)
        #expect(picture.lines.map(\.carriesSomething) == [true, false, false, false])
    }

    @Test(
        "Whatever the number of circuits and relays, nothing overlaps or leaves the picture", arguments: 1...12, 2...6)
    func fits(circuits: Int, hops: Int) {
        let picture = CircuitPicture(
            (0..<circuits).map { row in
                circuit(row, through: (0..<hops).map { relay($0 == 0 ? row % 3 : row * 10 + $0) })
            })
        for place in picture.relays {
            #expect(
                (15...(CircuitPicture.width - 15)).contains(place.x) && (30...(picture.height - 15)).contains(place.y))
        }
        for (index, place) in picture.relays.enumerated() {
            for other in picture.relays[(index + 1)...] {
                #expect(abs(place.x - other.x) > 20 || abs(place.y - other.y) > 30)
            }
        }
    }

    @Test("Without a circuit there is nothing to draw, and it is no crash")
    func none() {
        let picture = CircuitPicture([])
        #expect(picture.lines.isEmpty && picture.relays.isEmpty)
    }
}

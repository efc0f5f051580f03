import Figures
import Foundation

/// The figures as people read them.
struct Report: CustomStringConvertible {
    let livePages: Int
    let bytesOfPage: Int
    let pages: [Load]
    let bytes: [Load]
    let memoryBefore: (resident: Double, own: Double)
    let memory: (resident: Double, own: Double)

    var description: String {
        let ratios = zip(pages, bytes).map { $0.requestsPerSecond / $1.requestsPerSecond }
        let rows = [
            ["", "torbox-web", "bytes by NIO", "the pages by bytes"],
            [
                "home page, 16 at once, 1/s", text(pages, \.requestsPerSecond, 0), text(bytes, \.requestsPerSecond, 0),
                Sample(ratios).text(digits: 3),
            ],
            ["99 of 100 answered within, ms", text(pages, \.slowest, 2), text(bytes, \.slowest, 2), ""],
        ]
        let table = rows.map { row in
            let cells = row.enumerated().map {
                $1.padding(toLength: $0 == 0 ? 32 : 24, withPad: " ", startingAt: 0)
            }
            return String(cells.joined().reversed().drop { $0 == " " }.reversed())
        }
        return """
            The pages, with \(livePages) live pages open; the home page has \(bytesOfPage) bytes: medians (least - most)

            \(table.joined(separator: "\n"))

            torbox-web's memory, MiB: \(text(memory)) at the end; \(text(memoryBefore)) before the live pages
            """
    }

    private func text(_ loads: [Load], _ figure: (Load) -> Double, _ digits: Int) -> String {
        Sample(loads.map(figure)).text(digits: digits)
    }

    private func text(_ memory: (resident: Double, own: Double)) -> String {
        String(format: "%.1f resident, %.1f of it private", memory.resident, memory.own)
    }
}

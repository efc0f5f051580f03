import Foundation
import HostSystem
import Testing

@testable import QRCode

@Suite("QR codes")
struct QRCodeTests {
    @Test(
        "Debian's reader reads every byte back",
        arguments: [
            "WIFI:T:WPA;S:kitchen;P:plain words;;", #"WIFI:T:WPA;S:a\;b\,c\"d\:e\\;P:\\\\\;\;;;"#, "été 漢字 🧅 \u{1}\t",
            String(repeating: "x;", count: 160), "0",
        ])
    func readBack(text: String) async throws {
        let code = try #require(QRCode(of: text))
        let picture = "/tmp/torbox-qr-\(UInt64.random(in: 0...UInt64.max)).pgm"
        try DurableFile(picture).replace(with: Self.drawn(code.path, size: code.size))
        defer { unlink(picture) }
        let read = try await Command("zbarimg", ["--quiet", "--raw", "-Sbinary", picture]).run()
        #expect(read == text)
    }

    @Test("There is no code of nothing, nor of more than fits")
    func limits() {
        #expect(QRCode(of: "") == nil)
        #expect(QRCode(of: String(repeating: "a", count: 2331)) != nil)
        #expect(QRCode(of: String(repeating: "a", count: 2332)) == nil)
    }

    /// The picture that the path draws, four dots a module, as a plain grey map (pgm(5)).
    private static func drawn(_ path: String, size: Int) -> String {
        var dark = Array(repeating: Array(repeating: false, count: size), count: size)
        for stroke in path.matches(of: /M(\d+) (\d+)\.5h(\d+)/) {
            let (x, y, length) = (Int(stroke.output.1)!, Int(stroke.output.2)!, Int(stroke.output.3)!)
            for column in x..<(x + length) { dark[y][column] = true }
        }
        let rows = dark.flatMap { row in
            let dots = row.flatMap { Array(repeating: $0 ? "0" : "255", count: 4) }.joined(separator: " ")
            return Array(repeating: dots, count: 4)
        }
        return "P2\n\(4 * size) \(4 * size)\n255\n" + rows.joined(separator: "\n") + "\n"
    }
}

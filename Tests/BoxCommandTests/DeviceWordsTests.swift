import BoxAPI
import Testing

@testable import BoxCommand

@Suite("What people read of a device")
struct DeviceWordsTests {
    @Test(
        "An amount of data has one digit behind the point and is never rounded up",
        arguments: [
            (0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (1_999, "1.9 kB"), (999_999, "999.9 kB"),
            (20_000_000_000, "20.0 GB"), (12_345_678_901_234, "12.3 TB"), (Int.max, "9223372.0 TB"),
        ])
    func amounts(bytes: Int, words: String) {
        #expect("\(DataAmount(bytes: bytes))" == words)
    }

    static let uses: [(use: DeviceReport.Use?, words: String)] = [
        (nil, ""),
        (.init(sentBytes: 5, receivedBytes: 1_500, guardsOpened: 0, guardsPerDay: 3), ", sent 5 B, received 1.5 kB"),
        (
            .init(
                sentBytes: 0, receivedBytes: 0, now: Rate(received: 1_200_000, sent: 40), guardsOpened: 0,
                guardsPerDay: 3),
            ", sent 0 B, received 0 B, now 1.2 MB/s in, 40 B/s out"
        ),
        (
            .init(sentBytes: 0, receivedBytes: 0, guardsOpened: 2, guardsPerDay: 3),
            ", sent 0 B, received 0 B, 2 of 3 guards used today"
        ),
        (
            .init(sentBytes: 0, receivedBytes: 0, guardsOpened: 3, guardsPerDay: 3),
            ", sent 0 B, received 0 B, 3 of 3 guards used today, has reached its number of guards for today"
        ),
    ]

    @Test("A device's line ends with its use, where the kernel tells of it", arguments: uses)
    func lines(use: DeviceReport.Use?, words: String) {
        let device = DeviceReport(
            name: "device 1", hardwareAddress: "a", isConnected: true, addresses: [], firstSeen: "b", lastSeen: "c",
            ownTor: false, isBlocked: false, use: use)
        #expect(device.words == "device 1 (a): here now, since b\(words)")
    }
}

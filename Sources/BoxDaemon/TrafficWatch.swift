import BoxAPI
import BoxModel
import HostSystem
import Logging

/// Looks every two seconds how much the uplinks carried, and keeps it in memory alone.
actor TrafficWatch {
    private let uplinks: [InterfaceName]
    private let log: Logger
    private var meter = UplinkMeter()

    private static let pause = 2

    init(uplinks: [InterfaceName], log: Logger) {
        self.uplinks = uplinks
        self.log = log
    }

    /// Runs until the task is cancelled.
    func run() async {
        var said: String?
        repeat {
            do {
                let present = try NetworkInterface.all()
                let counters = uplinks.compactMap { present["\($0)"] }.map { ($0.name, $0.counters) }
                meter.look(Dictionary(counters) { first, _ in first }, at: .now)
                said = nil
            } catch {
                if said != "\(error)" { log.error("traffic: \(error)") }
                said = "\(error)"
            }
        } while (try? await Task.sleep(for: .seconds(Self.pause))) != nil
    }

    func report() -> TrafficReport {
        TrafficReport(samples: meter.samples, secondsBetween: Self.pause)
    }
}

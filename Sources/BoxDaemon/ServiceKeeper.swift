import Logging

/// Sees to it that the box's programs run.
struct ServiceKeeper: Sendable {
    let manager: any ServiceManager
    let log: Logger

    /// Looks every second until the task is cancelled; a failure is said once, not every second.
    func run() async {
        var said: [BoxService: String] = [:]
        repeat {
            for service in BoxService.allCases {
                do {
                    try await manager.keepRunning(service)
                    said[service] = nil
                } catch is CancellationError {
                    return
                } catch {
                    let words = "\(error)"
                    if said.updateValue(words, forKey: service) != words { log.error("\(service.rawValue): \(words)") }
                }
            }
        } while (try? await Task.sleep(for: .seconds(1))) != nil
    }

    /// Ends all services, for a box that shuts down.
    func stopAll() async {
        for service in BoxService.allCases {
            do {
                try await manager.stop(service)
            } catch {
                log.error("\(service.rawValue): \(error)")
            }
        }
    }
}

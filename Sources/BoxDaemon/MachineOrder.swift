import HostSystem
import Synchronization

/// What the owner may ask of the whole machine.
enum MachineOrder: String, Sendable, CaseIterable {
    case restart, powerOff
}

/// An order for the machine, kept until the box is closed.
final class PendingOrder: Sendable {
    private let order = Mutex<MachineOrder?>(nil)
    private let stop: @Sendable () -> Void

    /// - Parameter stop: has the box close, as SIGTERM does.
    init(stop: @escaping @Sendable () -> Void) {
        self.stop = stop
    }

    /// Takes the order, and has the box closed once whoever asked has got the answer.
    func take(_ new: MachineOrder) {
        order.withLock { $0 = new }
        Task { [stop] in
            // Also the page that says so must reach its reader before the pages end.
            try await Task.sleep(for: .seconds(1))
            stop()
        }
    }

    /// What is to be done with the machine now; `nil` where the box was ended by somebody else.
    var taken: MachineOrder? { order.withLock { $0 } }
}

import HostSystem

extension WebServer {
    /// Starts the lab's web server as a process of the fake internet.
    static func start(checkout: Checkout) async throws {
        try await LabProcess.start("web", on: .inet, Command(checkout.program("torbox-lab"), ["serve-web"]))
    }
}

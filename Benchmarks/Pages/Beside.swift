import BoxLab
import Foundation

/// A program that runs on the lab's box beside the measurement, until that ends.
struct Beside: Sendable {
    let program: String
    let arguments: [String]

    /// This program once more, which sends always the same bytes (``ServeBytes``).
    static func bareServer(sending body: String) throws -> Beside {
        let file = (LabFolder.run / "benchmark-body").path
        try Data(body.utf8).write(to: URL(filePath: file))
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return Beside(program: program, arguments: ["serve-bytes", file, "\(ServeBytes.port)"])
    }

    /// Browsers that look at the home page with JavaScript: connections on which the box sends what changes.
    static func livePages(_ count: Int) -> Beside {
        Beside(
            program: "curl",
            arguments: ["--silent", "--no-buffer", "--parallel", "--parallel-immediate"]
                + ["--parallel-max", "\(count)", "--output", "/dev/null", "\(Visitor.site)/live?[1-\(count)]"])
    }

    /// Runs these while `body` does.
    static func during<Value: Sendable>(
        _ programs: [Beside], _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for program in programs {
                group.addTask {
                    _ = try await LabHost.box.outcome(program.program, program.arguments, limit: .seconds(3600))
                }
            }
            defer { group.cancelAll() }
            return try await body()
        }
    }
}

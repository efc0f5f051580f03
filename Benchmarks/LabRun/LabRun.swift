import ArgumentParser
import BoxLab

/// One measurement in a lab of its own.
package enum LabRun {
    /// Measures, takes the lab down whatever happened, and prints what came of it.
    ///
    /// - Parameters:
    ///   - clearUp: is done after the lab is down.
    ///   - measure: brings the lab up; is cancelled by Ctrl-C.
    /// - Throws: what went wrong, or `ExitCode` 130 after Ctrl-C; somebody else's lab is left alone.
    package static func printing<Report: Sendable & CustomStringConvertible>(
        clearingUp clearUp: () async throws -> Void = {}, _ measure: @escaping @Sendable () async throws -> Report
    ) async throws {
        let outcome: Result<Report, any Error>
        do {
            outcome = .success(try await Interruption.cancelling(measure))
        } catch let error as LabError where error.kind == .busy {
            // Then it is somebody else's lab.
            throw error
        } catch {
            outcome = .failure(error)
        }
        try await Lab.down()
        try await clearUp()
        do {
            print(try outcome.get())
        } catch is CancellationError {
            throw ExitCode(130)
        }
    }
}

import Glibc
import NIOCore

/// torboxd could not be asked.
public struct APIError: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, CaseIterable {
        case notRunning
        case notAdmitted
        case noAnswer
    }

    public var kind: Kind
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    init(connecting path: String, _ error: any Error) {
        switch (error as? IOError)?.errnoCode {
        case EACCES, EPERM:
            self.init(.notAdmitted, "\(path): you may not ask the box; become root or a member of the group torbox")
        case ENOENT, ECONNREFUSED:
            self.init(.notRunning, "\(path): torboxd does not run; start it, or look into its log why it ended")
        default:
            self.init(.notRunning, "\(path): torboxd cannot be reached: \(error)")
        }
    }

    public var description: String { message }
}

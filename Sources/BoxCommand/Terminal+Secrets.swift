import ArgumentParser
import HostSystem

extension Terminal {
    /// Asks for a password, which never stands on a command line, where every program of the machine could read it.
    ///
    /// - Parameter isNew: whoever types it does so twice; a standard input that is no terminal says it once.
    static func secret(asking question: String, isNew: Bool = false) throws -> String {
        guard let secret = line(asking: question, hidden: true), !secret.isEmpty else {
            throw ValidationError("nothing was said; type it, or give it on standard input")
        }
        if isNew, isThere, line(asking: "The same once more: ", hidden: true) != secret {
            throw ValidationError("this was not the same twice; nothing was changed")
        }
        return secret
    }
}

/// Why a text that somebody gave is refused, without repeating the text.
public protocol ExplainedRefusal: Error, CustomStringConvertible {
    /// What is wrong: completes "found …".
    var found: String { get }
    /// What to do: completes "allowed: …".
    var remedy: String { get }
    /// Both in one, for whoever speaks another language.
    var reason: Reason { get }
}

extension ExplainedRefusal {
    public var description: String { "found \(found); allowed: \(remedy)" }
}

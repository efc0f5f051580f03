import NetAddress

/// A place where tor accepts connections (`GETINFO net/listeners/...`).
public enum Listener: Hashable, Sendable {
    case endpoint(Endpoint)
    case unixSocket(path: String)

    /// The kinds of listeners whose names tor knows.
    public enum Kind: String, Hashable, Sendable {
        case socks
        case dns
        case control
        case transparent = "trans"
        case onionRouter = "or"
        case directory = "dir"
    }

    /// Reads a list of quoted places; `nil` where one cannot be read.
    static func list(_ text: String) -> [Listener]? {
        var listeners: [Listener] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            guard let place = QuotedString.read(&rest) else { return nil }
            if place.hasPrefix("unix:") {
                listeners.append(.unixSocket(path: String(place.dropFirst("unix:".count))))
            } else if let endpoint = Endpoint(place) {
                listeners.append(.endpoint(endpoint))
            } else {
                return nil
            }
            rest = rest.drop { $0 == " " }
        }
        return listeners
    }
}

import NetAddress

/// The value of a `DirAuthority` or `FallbackDir` line: words, and options written `name=value` (tor manual).
struct DirectoryLine {
    private(set) var words: [Substring] = []
    private var options: [Substring: Substring] = [:]

    /// Reads a line; `nil` where an option stands twice.
    init?(_ text: some StringProtocol) {
        for word in String(text).split(separator: " ") {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 1 {
                words.append(word)
            } else if options.updateValue(parts[1], forKey: parts[0]) != nil {
                return nil
            }
        }
    }

    /// The fingerprint in an option; `nil` where it is missing or none.
    func fingerprint(_ option: Substring) -> Fingerprint? {
        options[option].flatMap { Fingerprint(hexadecimal: $0) }
    }

    /// What `orport=` and `ipv6=` say; `nil` where the port is missing or one of them is not what it should be.
    func endpoints(of address: IPAddress) -> [Endpoint]? {
        guard let port = options["orport"].flatMap({ UInt16($0) }), port > 0 else { return nil }
        var endpoints = [Endpoint(address, port)]
        if let text = options["ipv6"] {
            guard let endpoint = Endpoint(text), case .v6 = endpoint.address, endpoint.port > 0 else { return nil }
            endpoints.append(endpoint)
        }
        return endpoints
    }
}

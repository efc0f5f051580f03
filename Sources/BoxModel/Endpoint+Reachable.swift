import NetAddress

extension Endpoint {
    /// Whether a host of its own may stand there, rather than this one, everybody or nobody.
    public var isReachable: Bool {
        let never = [
            "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3",
            "::/8", "fe80::/10", "ff00::/8",
        ]
        return port > 0 && !never.compactMap { Network($0) }.contains { $0.contains(address) }
    }
}

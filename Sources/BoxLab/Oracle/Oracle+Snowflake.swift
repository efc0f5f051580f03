import NetAddress

extension Oracle {
    /// What no program that looks for volunteers in the internet has to send to, but for questions about names.
    private static let notPublic = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
        "224.0.0.0/3", "::/3", "4000::/2", "8000::/1",
    ].map { Network($0)! }

    /// What snowflake's program may send: UDP into the internet, TCP to port 443 there, and questions for names.
    ///
    /// A frame does not show whose it is; that nobody else sends such is seen by what else is tried meanwhile.
    func judgeSnowflake(
        isTCP: Bool, from source: IPAddress, to destination: Endpoint, timeToLive: UInt8
    ) throws(Refusal) -> Verdict.Kind {
        try Refusal.unless(uplink.owns(source), "from \(source), which is not the uplink's")
        try Refusal.unless(timeToLive == Self.ownTimeToLive, "forwarded (TTL \(timeToLive))")
        if destination.port == 53 { return .snowflake }
        try Refusal.unless(!isTCP || destination.port == 443, "TCP to \(destination), which is no broker's port")
        let isPublic = !Self.notPublic.contains { $0.contains(destination.address) }
        try Refusal.unless(isPublic, "to \(destination), which is in no public network")
        return .snowflake
    }
}

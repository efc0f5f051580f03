extension Nftables {
    /// The ruleset with all that sets hold, as JSON (libnftables-json(5)).
    public func json() throws(NftablesError) -> String {
        try run("list ruleset", output: [.json])
    }

    /// One set with all that it holds, as JSON.
    ///
    /// - Parameter set: family, table and name, as in `inet torbox opened4`.
    public func json(set: String) throws(NftablesError) -> String {
        try run("list set \(set)", output: [.json])
    }

    /// The ruleset as text without counters and set contents, each rule with its number at the end of the line.
    public func numberedListing() throws(NftablesError) -> String {
        try run("list ruleset", output: [.stateless, .terse, .handles])
    }
}

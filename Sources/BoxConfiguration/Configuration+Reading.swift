import BoxModel

extension Configuration {
    /// The largest file that is read, in bytes.
    static let sizeLimit = 256 << 10

    /// Reads a configuration file and judges it as a whole.
    ///
    /// - Parameter file: the name that mistakes are reported under.
    /// - Throws: ``ConfigurationError`` with every mistake of the file; text that is no TOML has one.
    public static func reading(_ text: String, file: String) throws(ConfigurationError) -> Configuration {
        try reading(bytes: Array(text.utf8), file: file)
    }

    /// The same for bytes as they come from the disk: at most 256 KiB of UTF-8 without NUL.
    public static func reading(bytes: [UInt8], file: String) throws(ConfigurationError) -> Configuration {
        let text = try text(of: bytes, file: file)
        var examination = try Examination(text, file: file)
        examination.noteUnknownKeys(Schema.tables)
        examination.noteTablesOfWrongType(Schema.tables)

        let uplinks = examination.list(Schema.uplinkInterfaces)
        let lan = LAN(&examination)
        let dns = DNS(&examination)
        let tor = Tor(&examination)
        let bridges = examination.bridges(Schema.bridgeLines)
        let ownTor = OwnTor(&examination, hasBridges: bridges?.isEmpty == false)
        let time = Time(&examination)
        let pages = Pages(&examination)

        if let uplinks { examination.noteRepeatedUplinks(uplinks) }
        if let uplinks, let lan { examination.noteConflicts(uplinks, lan) }
        if let lan, let tor { examination.noteConflicts(lan, tor) }
        if let pages, let uplinks, let lan, let tor { examination.noteConflicts(pages, uplinks, lan, tor) }
        if let tor { examination.noteConflicts(tor) }
        if let tor, let time { examination.noteConflicts(tor, time) }
        if let bridges { examination.noteRepeatedBridges(bridges) }
        if let bridges, let lan, let tor { examination.noteConflicts(bridges, lan, tor) }

        guard let uplinks, let lan, let dns, let tor, let ownTor, let bridges, let time, let pages,
            examination.mistakes.isEmpty
        else {
            throw ConfigurationError(examination.mistakes)
        }
        return Configuration(
            uplinks: uplinks, lan: lan, dns: dns, tor: tor, ownTor: ownTor, bridges: bridges, time: time,
            pages: pages)
    }

    private static func text(of bytes: [UInt8], file: String) throws(ConfigurationError) -> String {
        func refusal(_ found: String, line: Int, allowed: String) -> ConfigurationError {
            ConfigurationError([
                Mistake(kind: .file, file: file, line: line, key: "", found: found, allowed: allowed)
            ])
        }
        guard bytes.count <= sizeLimit else {
            throw refusal("\(bytes.count) bytes", line: 1, allowed: "at most \(sizeLimit) bytes")
        }
        if let place = bytes.firstIndex(of: 0) {
            let line = 1 + bytes[..<place].count { $0 == UInt8(ascii: "\n") }
            throw refusal("a NUL byte", line: line, allowed: "plain text in UTF-8")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw refusal("bytes that are no UTF-8", line: 1, allowed: "plain text in UTF-8")
        }
        return text
    }
}

extension Configuration.LAN {
    fileprivate init?(_ examination: inout Examination) {
        // All are read before any is missed: each reports its own mistake.
        let interface = examination.value(Schema.lanInterface)
        let ipv4 = examination.value(Schema.lanIPv4)
        let ipv6 = examination.value(Schema.lanIPv6)
        let leaseHours = examination.value(Schema.leaseHours)
        guard let interface, let ipv4, let ipv6, let leaseHours else { return nil }
        self.init(interface: interface, ipv4: ipv4, ipv6: ipv6, leaseHours: leaseHours)
    }
}

extension Configuration.DNS {
    fileprivate init?(_ examination: inout Examination) {
        let name = examination.value(Schema.boxName)
        let cacheEntries = examination.value(Schema.cacheEntries)
        guard let name, let cacheEntries else { return nil }
        self.init(name: name, cacheEntries: cacheEntries)
    }
}

extension Configuration.Tor {
    fileprivate init?(_ examination: inout Examination) {
        let onionIPv4 = examination.value(Schema.onionIPv4)
        let onionIPv6 = examination.value(Schema.onionIPv6)
        let transportPort = examination.value(Schema.transportPort)
        let dnsPort = examination.value(Schema.dnsPort)
        let user = examination.value(Schema.torUser)
        let authorities = examination.list(Schema.authorities)
        let fallbacks = examination.list(Schema.fallbacks)
        let distinctSubnets = examination.value(Schema.distinctSubnets)
        guard let onionIPv4, let onionIPv6, let transportPort, let dnsPort, let user, let authorities,
            let fallbacks, let distinctSubnets
        else { return nil }
        self.init(
            onionIPv4: onionIPv4, onionIPv6: onionIPv6, transportPort: transportPort, dnsPort: dnsPort, user: user,
            authorities: authorities, fallbacks: fallbacks, distinctSubnets: distinctSubnets)
    }
}

extension Configuration.OwnTor {
    fileprivate init?(_ examination: inout Examination, hasBridges: Bool) {
        let policy = examination.value(Schema.ownTorPolicy)
        let guardsPerDeviceAndDay = examination.value(Schema.guardsPerDeviceAndDay)
        guard let policy, let guardsPerDeviceAndDay else { return nil }
        self.init(policy: hasBridges ? .never : policy, guardsPerDeviceAndDay: guardsPerDeviceAndDay)
    }
}

extension Configuration.Time {
    fileprivate init?(_ examination: inout Examination) {
        guard let user = examination.value(Schema.timeUser) else { return nil }
        self.init(user: user)
    }
}

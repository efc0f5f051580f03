import BoxModel

extension Configuration {
    /// Reads a configuration file and judges it as a whole.
    ///
    /// - Parameter file: the name that mistakes are reported under.
    /// - Throws: ``ConfigurationError`` with every mistake of the file; text that is no TOML has one.
    public static func reading(_ text: String, file: String) throws(ConfigurationError) -> Configuration {
        try reading(bytes: Array(text.utf8), file: file)
    }

    /// The same for bytes as they come from the disk: at most 256 KiB of UTF-8 without NUL.
    public static func reading(bytes: [UInt8], file: String) throws(ConfigurationError) -> Configuration {
        try reading(bytes: bytes, file: file, settings: nil, settingsFile: "")
    }

    /// Reads the machine's file and the owner's as one configuration.
    ///
    /// - Parameters:
    ///   - settings: the owner's file, which may hold settings alone and wins key by key; `nil` where there is none.
    ///   - file: the name that mistakes in the machine's file are reported under.
    ///   - settingsFile: the same for the owner's.
    /// - Throws: ``ConfigurationError`` with every mistake of both, each under the name of the file it stands in; a
    ///   file that is no TOML has one, and hides the other's.
    public static func reading(
        bytes: [UInt8], file: String, settings: [UInt8]?, settingsFile: String
    ) throws(ConfigurationError) -> Configuration {
        let machine = try Document(bytes, file: file)
        var owner: Document?
        if let settings { owner = try Document(settings, file: settingsFile) }
        var examination = Examination(machine, owner)

        let uplinks = examination.list(Schema.uplinkInterfaces)
        let lan = LAN(&examination)
        let dns = DNS(&examination)
        let tor = Tor(&examination)
        let bridges = examination.lines(Schema.bridgeLines)
        let proxy = examination.proxy()
        let wifi = examination.wifi()
        let hasOnlyDoors = bridges?.isEmpty == false || proxy.flatMap(\.self) != nil
        let ownTor = OwnTor(&examination, hasOnlyDoors: hasOnlyDoors)
        let time = Time(&examination)
        let pages = Pages(&examination)

        if let uplinks { examination.noteRepeatedUplinks(uplinks) }
        if let uplinks, let lan { examination.noteConflicts(uplinks, lan) }
        if let lan, let tor { examination.noteConflicts(lan, tor) }
        if let pages, let uplinks, let lan, let tor { examination.noteConflicts(pages, uplinks, lan, tor) }
        if let tor { examination.noteConflicts(tor) }
        if let tor, let time { examination.noteConflicts(tor, time) }
        if let bridges { examination.noteRepeatedBridges(bridges) }
        if let bridges, let tor { examination.noteConflicts(bridges, tor) }
        if let bridges, let lan, let tor { examination.noteConflicts(bridges, lan, tor) }
        if let proxy = proxy.flatMap(\.self), let lan, let tor { examination.noteConflicts(proxy, lan, tor) }
        if let proxy = proxy.flatMap(\.self), let bridges { examination.noteConflicts(proxy, bridges) }

        guard let uplinks, let lan, let dns, let tor, let ownTor, let bridges, let proxy, let wifi, let time, let pages,
            examination.mistakes.isEmpty
        else {
            throw ConfigurationError(examination.mistakes)
        }
        return Configuration(
            uplinks: uplinks, lan: lan, dns: dns, tor: tor, ownTor: ownTor, bridges: bridges, proxy: proxy, wifi: wifi,
            time: time, pages: pages)
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
        let reachablePorts = examination.list(Schema.reachablePorts)
        let entryCountries = examination.list(Schema.entryCountries)
        let exitCountries = examination.list(Schema.exitCountries)
        let furtherLines = examination.lines(Schema.furtherTorLines)
        guard let onionIPv4, let onionIPv6, let transportPort, let dnsPort, let user, let authorities,
            let fallbacks, let distinctSubnets, let reachablePorts, let entryCountries, let exitCountries,
            let furtherLines
        else { return nil }
        self.init(
            onionIPv4: onionIPv4, onionIPv6: onionIPv6, transportPort: transportPort, dnsPort: dnsPort, user: user,
            authorities: authorities, fallbacks: fallbacks, distinctSubnets: distinctSubnets,
            reachablePorts: reachablePorts, entryCountries: entryCountries, exitCountries: exitCountries,
            furtherLines: furtherLines)
    }
}

extension Configuration.OwnTor {
    fileprivate init?(_ examination: inout Examination, hasOnlyDoors: Bool) {
        let policy = examination.value(Schema.ownTorPolicy)
        let guestsChoose = examination.value(Schema.guestsChoose)
        let guardsPerDeviceAndDay = examination.value(Schema.guardsPerDeviceAndDay)
        guard let policy, let guestsChoose, let guardsPerDeviceAndDay else { return nil }
        self.init(
            policy: hasOnlyDoors ? .never : policy, chosenPolicy: policy, guestsChoose: guestsChoose,
            guardsPerDeviceAndDay: guardsPerDeviceAndDay)
    }
}

extension Configuration.Time {
    fileprivate init?(_ examination: inout Examination) {
        guard let user = examination.value(Schema.timeUser) else { return nil }
        self.init(user: user)
    }
}

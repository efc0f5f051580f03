/// Where the box's tor, dnsmasq, chronyd and pages keep what they need while they run.
///
/// The runtime directory must lie in memory: what is below it tells who was here, and must not outlive the power.
public struct ServicePaths: Sendable, Equatable {
    public let runtimeDirectory: String
    /// Guards and cached consensuses, which outlive a restart. Owned by tor's user.
    public let torDataDirectory: String
    /// Holds the owner's password, hashed. Owned by the user `torbox-web` with mode 0700.
    public let webDirectory: String

    public init(
        runtimeDirectory: String = "/run/torbox", torDataDirectory: String = "/var/lib/torbox/tor",
        webDirectory: String = "/var/lib/torbox/web"
    ) {
        self.runtimeDirectory = runtimeDirectory
        self.torDataDirectory = torDataDirectory
        self.webDirectory = webDirectory
    }

    /// Where torboxd is asked.
    public var apiSocket: String { runtimeDirectory + "/api.sock" }

    public var torrc: String { runtimeDirectory + "/torrc" }
    /// Owned by tor's user with mode 0700, or tor refuses to put its control socket there.
    public var torDirectory: String { runtimeDirectory + "/tor" }
    public var torControlSocket: String { torDirectory + "/control.sock" }
    public var torControlCookie: String { torDirectory + "/control.cookie" }
    public var torPidFile: String { torDirectory + "/tor.pid" }
    /// Only where no service manager takes what tor says.
    public var torNotices: String { torDirectory + "/notices.log" }

    public var dnsmasqConfiguration: String { runtimeDirectory + "/dnsmasq.conf" }
    /// Owned by the user `dnsmasq` with mode 0700: the leases name the devices.
    public var dnsmasqDirectory: String { runtimeDirectory + "/dnsmasq" }
    public var dnsmasqPidFile: String { dnsmasqDirectory + "/dnsmasq.pid" }
    public var dnsmasqLeases: String { dnsmasqDirectory + "/leases" }
    /// Holds the text of a ``ResolverUpstream``; must be there before dnsmasq starts.
    public var dnsmasqUpstream: String { dnsmasqDirectory + "/upstream.conf" }

    public var chronyConfiguration: String { runtimeDirectory + "/chrony.conf" }
    /// Owned by the user `_chrony` with mode 0700: chronyd takes no folder that others could write to.
    public var chronyDirectory: String { runtimeDirectory + "/chrony" }
    public var chronyPidFile: String { chronyDirectory + "/chronyd.pid" }

    /// Holds the text of ``SnowflakeEnvironment``.
    public var snowflakeEnvironment: String { runtimeDirectory + "/snowflake.env" }
    public var snowflakePidFile: String { runtimeDirectory + "/snowflake.pid" }
    /// The unit of systemd puts it in the place of `/etc/resolv.conf`, for that program alone.
    public var snowflakeResolvers: String { runtimeDirectory + "/snowflake.resolv.conf" }

    /// Holds the text of ``WebArguments``.
    public var webArguments: String { runtimeDirectory + "/web.env" }
    public var webPidFile: String { runtimeDirectory + "/web.pid" }
    /// Only where no service manager takes what the program says.
    public var webNotices: String { runtimeDirectory + "/web.log" }
    public var webOwner: String { webDirectory + "/owner" }
}

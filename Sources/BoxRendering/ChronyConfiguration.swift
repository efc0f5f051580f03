import BoxConfiguration
import NetAddress

/// The configuration file of chronyd (chrony.conf(5)), which tells the LAN the time.
///
/// It must be started with `-x`, so that it never sets the clock, and as the user `_chrony` with the one right to use
/// port 123. It is to run only while the clock is trusted: it says of itself that its time is good.
public struct ChronyConfiguration: Sendable {
    private let configuration: Configuration
    private let paths: ServicePaths

    public init(_ configuration: Configuration, paths: ServicePaths = ServicePaths()) {
        self.configuration = configuration
        self.paths = paths
    }

    public var text: String {
        let lan = configuration.lan
        return renderedComment + """

            # It asks nobody: there is no server here. The box's clock is set by torboxd, from the Tor network, to the
            # second; stratum 10 says that there are better clocks, for a device that knows one.
            local stratum 10

            # On the LAN alone.
            bindaddress \(lan.ipv4.address)
            bindaddress \(lan.ipv6.address)
            allow \(lan.ipv4.base)/\(lan.ipv4.prefixLength)
            allow \(lan.ipv6.base)/\(lan.ipv6.prefixLength)
            allow fe80::/10

            # Nothing to steer it by, and nothing remembered of who asked.
            cmdport 0
            bindcmdaddress /
            noclientlog
            pidfile \(paths.chronyPidFile)
            user _chrony

            """
    }
}

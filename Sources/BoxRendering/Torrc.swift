import BoxConfiguration
import BoxModel
import NetAddress
import TorDocuments

/// The configuration file of the box's own tor (tor(1)).
///
/// tor starts without network: whoever sees that the doors are open sets `DisableNetwork 0` on the control port.
///
/// It must be started as the configured user, not as root: a tor that drops root by `User` opens its control socket
/// only after that, which with `DisableNetwork 1` is never (tor 0.4.9.11). It must be started with `--defaults-torrc`
/// on an empty file, since Debian's defaults add `User` and listeners.
public struct Torrc: Sendable {
    let configuration: Configuration
    private let paths: ServicePaths

    public init(_ configuration: Configuration, paths: ServicePaths = ServicePaths()) {
        self.configuration = configuration
        self.paths = paths
    }

    public var text: String {
        let lan = configuration.lan
        let tor = configuration.tor
        return renderedComment + """

            # A client and nothing else. It stays off the network until torboxd has opened its doors.
            ClientOnly 1
            DisableNetwork 1

            # The service manager starts it as the user that the airlock knows, and in the foreground.
            RunAsDaemon 0
            PidFile \(paths.torPidFile)
            DataDirectory \(paths.torDataDirectory)
            AvoidDiskWrites 1
            \(countryTables)

            # The control port is a file that only root and this user may open.
            ControlPort 0
            ControlSocket \(paths.torControlSocket)
            CookieAuthentication 1
            CookieAuthFile \(paths.torControlCookie)

            # To the service manager, which keeps it in memory; never to a file.
            Log notice stdout
            SafeLogging 1

            # The clients' TCP connections. Two devices never share a circuit.
            TransPort \(lan.ipv4.address):\(tor.transportPort) IsolateClientAddr
            TransPort [\(lan.ipv6.address)]:\(tor.transportPort) IsolateClientAddr

            # The machine's own updates, from each place by circuits of its own; the airlock lets nobody here but root and
            # apt come in by it.
            SocksPort 127.0.0.1:\(Configuration.Tor.updatesPort) IsolateDestAddr

            # The questions of the box's own resolver.
            DNSPort 127.0.0.1:\(tor.dnsPort)

            # Onion names get an address that ordinary applications can connect to. Names in .exit get none:
            # a web page could choose the exit by them.
            AutomapHostsOnResolve 1
            AutomapHostsSuffixes .onion
            VirtualAddrNetworkIPv4 \(tor.onionIPv4)
            VirtualAddrNetworkIPv6 [\(tor.onionIPv6.address)]/\(tor.onionIPv6.prefixLength)

            # No exit can point a client at a private network, be it by an answer or by a connection.
            ClientDNSRejectInternalAddresses 1
            ClientRejectInternalAddresses 1

            # Guards over whichever family the uplink has; IPv4 first where it has both.
            ClientUseIPv4 1
            ClientUseIPv6 1
            ClientPreferIPv6ORPort auto

            # Never asleep: the first person of the morning meets a fresh consensus.
            DormantOnFirstStartup 0
            DormantCanceledByStartup 1
            DormantTimeoutEnabled 0

            """ + bridges + proxy + reachability + countries + privateNetwork + furtherLines
    }

    private var privateNetwork: String {
        let tor = configuration.tor
        guard !tor.authorities.isEmpty else { return "" }
        return """

            # A private Tor network.
            \((tor.authorities.map(Self.line) + tor.fallbacks.map(Self.line)).joined(separator: "\n"))

            """ + (tor.distinctSubnets ? "" : "EnforceDistinctSubnets 0\n")
    }

    private static func line(_ authority: BoxConfiguration.DirectoryAuthority) -> String {
        let ipv6 = authority.ipv6.map { " ipv6=\($0)" } ?? ""
        return "DirAuthority \(authority.nickname) orport=\(authority.orPort) v3ident=\(authority.votingIdentity)"
            + "\(ipv6) \(authority.directory) \(authority.fingerprint)"
    }

    private static func line(_ fallback: FallbackDirectory) -> String {
        let (place, ipv6) = (fallback.endpoints[0], fallback.endpoints.dropFirst().map { " ipv6=\($0)" }.joined())
        return "FallbackDir \(place.address) orport=\(place.port) id=\(fallback.identity)\(ipv6)"
    }
}

import BoxConfiguration
import BoxRendering
import HostSystem
import Testing

@testable import BoxDaemon

@Suite("The commands by which services are run")
struct ServiceCommandTests {
    private let paths = ServicePaths()

    private func start(_ service: BoxService) throws -> Command { try children().start(service) }

    private func children() throws -> ChildServices {
        let text = """
            [uplinks]
            interfaces = ["wan0"]
            [lan]
            interface = "lan0"
            ipv6 = "fd84:84:84::1/64"
            """
        let configuration = try Configuration.reading(bytes: Array(text.utf8), file: "torbox.toml")
        return ChildServices(
            paths: paths, user: "debian-tor", web: "/usr/lib/torbox/torbox-web",
            webArguments: WebArguments(configuration, paths: paths))
    }

    @Test(
        "Under systemd each service is a unit",
        arguments: [
            ("start", BoxService.tor, "systemctl start torbox-tor.service"),
            ("stop", .dnsmasq, "systemctl stop torbox-dnsmasq.service"),
            ("try-reload-or-restart", .dnsmasq, "systemctl try-reload-or-restart torbox-dnsmasq.service"),
        ])
    func systemd(verb: String, service: BoxService, expected: String) {
        #expect(SystemdServices.command(verb, service).description == expected)
    }

    @Test("Under systemd the ruleset is loaded by its own unit, since torboxd has not the rights")
    func loader() {
        let command = SystemdServices().airlockLoader(DaemonPaths())
        #expect(command.description == "systemctl restart torbox-airlock.service")
    }

    @Test("Relays are asked by a user without any right, under systemd in a unit of its own")
    func otherUser() throws {
        let clock = Command("/usr/lib/torbox/torbox-clock")
        #expect(
            try children().command(clock, as: "torbox-clock").description
                == "setpriv --reuid torbox-clock --regid torbox-clock --clear-groups --no-new-privs "
                + "--bounding-set=-all /usr/lib/torbox/torbox-clock")
        let words = SystemdServices().command(clock, as: "torbox-clock").description
        #expect(words.hasPrefix("systemd-run --quiet --collect --wait --pipe --property=User=torbox-clock "))
        #expect(words.contains(" --property=NoNewPrivileges=yes --property=CapabilityBoundingSet= "))
        #expect(words.hasSuffix(" -- /usr/lib/torbox/torbox-clock"))
    }

    @Test("As a daemon of torboxd tor starts as its own user, with the box's torrc and no other")
    func tor() throws {
        let command = try start(.tor)
        #expect(command.program == "setpriv")
        #expect(command.arguments.starts(with: ["--reuid", "debian-tor", "--regid", "debian-tor", "--clear-groups"]))
        #expect(command.description.contains("tor -f /run/torbox/torrc --defaults-torrc /dev/null"))
    }

    @Test("dnsmasq reads the box's file and no other")
    func dnsmasq() throws {
        let command = try start(.dnsmasq)
        #expect(command.description == "dnsmasq --conf-file=/run/torbox/dnsmasq.conf")
    }

    @Test("chronyd starts as its own user with the right to take port 123 and no other, and never sets the clock")
    func chrony() throws {
        let command = try start(.chrony)
        #expect(command.program == "setpriv")
        #expect(command.arguments.starts(with: ["--reuid", "_chrony", "--regid", "_chrony", "--clear-groups"]))
        #expect(command.description.contains("--bounding-set -all,+net_bind_service"))
        #expect(command.description.hasSuffix("chronyd -x -U -f /run/torbox/chrony.conf"))
    }

    @Test("snowflake's program runs as the user that the airlock knows, told nothing but how it is to speak with tor")
    func snowflake() throws {
        let words = try start(.snowflake).description
        #expect(
            words.contains("setpriv -- --reuid torbox-snowflake --regid torbox-snowflake --clear-groups --no-new-privs")
        )
        #expect(
            words.hasSuffix(
                "--bounding-set=-all env --ignore-environment TOR_PT_MANAGED_TRANSPORT_VER=1 "
                    + "TOR_PT_CLIENT_TRANSPORTS=snowflake /usr/bin/snowflake-client"))
    }

    @Test("The pages are served by their own user without a right, on the LAN's addresses alone")
    func web() throws {
        let words = try start(.web).description
        #expect(words.contains("setpriv -- --reuid torbox-web --regid torbox-web --init-groups --no-new-privs"))
        #expect(words.contains("--bounding-set=-all /usr/lib/torbox/torbox-web --listen=10."))
        #expect(words.hasSuffix("--name=torbox.lan --socket=/run/torbox/api.sock --owner=/var/lib/torbox/web/owner"))
        #expect(words.matches(of: /--listen=(10\.|fd)/).count == 2 && words.matches(of: /--listen/).count == 2)
    }
}

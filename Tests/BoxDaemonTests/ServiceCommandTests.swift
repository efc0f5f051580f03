import BoxRendering
import HostSystem
import Testing

@testable import BoxDaemon

@Suite("The commands by which services are run")
struct ServiceCommandTests {
    private let paths = ServicePaths(runtimeDirectory: "/run/torbox", torDataDirectory: "/var/lib/torbox/tor")

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

    @Test("As a daemon of torboxd tor starts as its own user, with the box's torrc and no other")
    func tor() {
        let command = ChildServices(paths: paths, user: "debian-tor").start(.tor)
        #expect(command.program == "setpriv")
        #expect(command.arguments.starts(with: ["--reuid", "debian-tor", "--regid", "debian-tor", "--clear-groups"]))
        #expect(command.description.contains("tor -f /run/torbox/torrc --defaults-torrc /dev/null"))
    }

    @Test("dnsmasq reads the box's file and no other")
    func dnsmasq() {
        let command = ChildServices(paths: paths, user: "debian-tor").start(.dnsmasq)
        #expect(command.description == "dnsmasq --conf-file=/run/torbox/dnsmasq.conf")
    }

    @Test("chronyd starts as its own user with the right to take port 123 and no other, and never sets the clock")
    func chrony() {
        let command = ChildServices(paths: paths, user: "debian-tor").start(.chrony)
        #expect(command.program == "setpriv")
        #expect(command.arguments.starts(with: ["--reuid", "_chrony", "--regid", "_chrony", "--clear-groups"]))
        #expect(command.description.contains("--bounding-set -all,+net_bind_service"))
        #expect(command.description.hasSuffix("chronyd -x -U -f /run/torbox/chrony.conf"))
    }
}

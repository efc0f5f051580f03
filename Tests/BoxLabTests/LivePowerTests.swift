import Glibc
import HostSystem
import Testing

@testable import BoxLab

extension Live {
    @Suite("The owner's word to the machine, where systemd runs the box", .serialized, .lab)
    struct PowerTests {
        @Test(
            "The box is closed, and its services are ended, before the machine is asked",
            arguments: [("restart", "reboot"), ("power-off", "poweroff")])
        func order(command: String, verb: String) async throws {
            let lab = try await Lab.up(checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
            if try lab.box.currentState() != "open" { try await lab.box.start() }
            let scene = try await Scene(lab)
            let seen = try await scene.watching {
                let torboxd = try await lab.box.launchUnderSystemd()
                #expect(try await lab.box.told([command, "--yes"]).contains("the box closes"))
                try await wait(upTo: .seconds(20), for: "torboxd's end") { !torboxd.isRunning }
            }.seen
            try seen.requireAllowed()
            let asked = try #require(try LabFolder.run.read(LabBox.systemctlNotes)).split(separator: "\n")
            #expect(asked.last?.hasPrefix("closed: ") == true && asked.last?.hasSuffix(" | \(verb)") == true)
            #expect(asked.count { $0.contains(verb) } == 1)
            #expect(asked.dropLast().last?.contains(" | stop torbox-") == true)
            let doors = try await LabHost.box.run("nft", ["list", "set", "netdev", "torbox", "doors4"])
            #expect(!doors.contains("elements"))
            try await lab.box.start()
        }
    }
}

extension LabBox {
    /// What the machine was asked, one line each: the state of the box at that moment, and the words.
    static let systemctlNotes = "systemctl.notes"

    /// Kills torboxd and starts another that leaves the services to systemd. They run already, so a program that only
    /// takes notes stands where systemctl is, and others where its companions are, in a mount namespace of torboxd's alone.
    func launchUnderSystemd() async throws -> LabProcess {
        let program = "\(LabFolder.run.path)/systemctl"
        try DurableFile(program).replace(
            with: """
                #!/bin/sh
                echo "$(cat \(Self.runtime.path)/state) | $*" >>\(LabFolder.run.path)/\(Self.systemctlNotes)

                """, mode: 0o755)
        try (LabFolder.run / Self.systemctlNotes).remove()
        let before = try announcements()
        try await kill(SIGKILL)
        // No systemd here runs what it is asked to, or reads of interfaces: the one is done at once, the other left out.
        let unit = "\(LabFolder.run.path)/systemd-run"
        try DurableFile(unit).replace(
            with: """
                #!/bin/sh
                while [ "$1" != -- ]; do
                    case $1 in --property=User=*) user=${1##*=} ;; esac
                    shift
                done
                shift
                exec setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs "$@"

                """, mode: 0o755)
        // Without the other program in its place torboxd must not even start: it would switch off this machine.
        let replacing = """
            mkdir -p /etc/systemd/network && mount -t tmpfs tmpfs /etc/systemd/network
            mount --bind \(unit) /usr/bin/systemd-run && mount --bind /bin/true /usr/bin/networkctl
            mount --bind "$0" /usr/bin/systemctl && cmp --silent "$0" "$(command -v systemctl)" && exec "$@"
            """
        let daemon = try daemon()
        let words =
            ["--mount", "sh", "-ec", replacing, program, daemon.program] + daemon.arguments + ["--under-systemd"]
        let torboxd = try await LabProcess.start(Self.name, on: .box, Command("unshare", words))
        try await wait(upTo: .seconds(30), for: "torboxd under systemd") {
            try torboxd.requireRunning()
            return try announcements() > before && currentState() == "open"
        }
        return torboxd
    }
}

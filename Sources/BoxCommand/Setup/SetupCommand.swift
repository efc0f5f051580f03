import ArgumentParser
import BoxModel
import Glibc
import HostSystem
import NetAddress

public struct SetupCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "setup", abstract: "Make this machine a box: ask which interface is which, and begin.",
        discussion: """
            Shows what it will do before it does it. A configuration that is there already is kept as it is, and nothing \
            is asked then. Removing the package gives the machine back.
            """)

    @Option(help: ArgumentHelp("The interface that leads to the internet; asked for unless given.", valueName: "name"))
    var uplink: String?

    @Option(help: ArgumentHelp("The interface of the devices; asked for unless given.", valueName: "name"))
    var lan: String?

    @Option(
        help: ArgumentHelp(
            "A port for your own computer by cable, with the pages and ssh; asked for unless the others are given.",
            valueName: "name"))
    var admin: String?

    @Flag(help: "Do it without asking again.")
    var yes = false

    public init() {}

    public func run() async throws {
        guard geteuid() == 0 else { throw refusal("only root may do this; say: sudo torbox setup") }
        let machine = SetupMachine()
        let plan = try machine.isConfigured ? nil : plan()
        print(plan.map { "\(SetupMachine.configurationFile):\n\n\($0.configuration)" } ?? Self.keeps)
        print(Self.deeds)
        guard try yes || answer("Do it? [y/N] ").lowercased().hasPrefix("y") else {
            throw refusal("nothing was changed")
        }
        do {
            if let plan { try await machine.write(plan.configuration) }
            try await machine.begin { print($0) }
        } catch {
            throw refusal("\(error)\nWhat was done stays; mend this and run `torbox setup` again.")
        }
        print("The box is running. `torbox status` says what it waits for; the devices find it at http://torbox.lan")
    }

    private static let keeps = "\(SetupMachine.configurationFile) is there already and stays as it is."

    private static let deeds = """
        - The ruleset is loaded: from then on nothing leaves but the box's own Tor, and connections over these
          interfaces end, ssh too.
        - systemd-networkd gives the interfaces their addresses. Whatever else does the box's work or touches its
          interfaces is masked: \(SetupPlan.rivals.joined(separator: ", ")).
        - torbox-airlock and torboxd are started, now and at each boot. The journal is kept in memory.
        - apt goes through the box's Tor alone. Updates from the machine's own sources are installed once a day.
        """

    private func plan() throws -> SetupPlan {
        let present = try NetworkInterface.all().values.filter { $0.name != "lo" }.sorted { $0.name < $1.name }
        let isAsked = uplink == nil || lan == nil
        if isAsked { show(present) }
        let uplink = try interface(uplink ?? answer("Which interface leads to the internet? "), among: present)
        let lan = try interface(lan ?? answer("Which interface are the devices connected to? "), among: present)
        var port = admin
        if isAsked, port == nil, present.count > 2 {
            port = try answer("Which is a port for your own computer by cable? [none] ")
        }
        let admin = port.flatMap { ["", "none"].contains($0) ? nil : $0 }
        guard
            let plan = SetupPlan(
                uplink: uplink, lan: lan, admin: try admin.map { try interface($0, among: present) },
                site: SetupPlan.drawSite())
        else {
            throw refusal("one interface cannot be two things; internet and devices need one each, and so does a port")
        }
        return plan
    }

    private func show(_ present: [NetworkInterface]) {
        for interface in present {
            let addresses = interface.addresses.map(\.description).sorted().joined(separator: " ")
            print("  \(interface.name)  \(interface.isUp ? "on" : "off")  \(addresses)")
        }
    }

    private func interface(_ name: String, among present: [NetworkInterface]) throws -> InterfaceName {
        guard let interface = InterfaceName(name), present.contains(where: { $0.name == name }) else {
            throw refusal("\"\(name)\": there is no such interface; `ip link` lists them")
        }
        return interface
    }

    private func answer(_ question: String) throws -> String {
        print(question, terminator: "")
        fflush(nil)
        guard let line = readLine() else {
            throw refusal("nobody answers; give --uplink, --lan and --yes instead")
        }
        return String(line.drop(while: \.isWhitespace).prefix { !$0.isWhitespace })
    }

    private func refusal(_ words: String) -> ExitCode {
        let text = "torbox setup: \(words)\n"
        write(STDERR_FILENO, text, text.utf8.count)
        return .refused
    }
}

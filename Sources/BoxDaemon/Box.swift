import BoxConfiguration
import BoxFirewall
import BoxModel
import BoxRendering
import BoxSupervisor
import HostSystem
import Logging
import NetAddress
import TorControl

/// Carries out what the supervisor decides: the one place from which the daemon acts on the host.
///
/// An effect that fails is said in the log and comes back as an event, or is asked for again by the next look at the
/// host; it never leaves the box more open than before.
actor Box {
    private let configuration: Configuration
    private let firewall: Firewall
    private let services: Services
    private let clock: ClockWatch
    private let inbox: Inbox
    private let stateFile: DurableFile
    private let log: Logger
    private var supervisor: Supervisor
    /// Meanwhile no event is worked on, not even one that closes the box.
    private static let patience = Duration.seconds(2)
    private var tor: ControlConnection?
    /// Whether the kernel took the sets that were meant last.
    private var setsHold = true
    private var waitingForTheEnd: [CheckedContinuation<Void, Never>] = []
    private var hasEnded = false
    /// What was announced last; `nil` before the first decision.
    private(set) var situation: Situation?

    init(
        _ configuration: Configuration, firewall: Firewall, services: Services, clock: ClockWatch, inbox: Inbox,
        stateFile: DurableFile, log: Logger
    ) {
        self.configuration = configuration
        self.services = services
        self.clock = clock
        supervisor = Supervisor(
            lan: [configuration.lan.ipv4, configuration.lan.ipv6], policy: configuration.ownTor.policy,
            notesPlaces: configuration.pages.notesPlaces)
        self.firewall = firewall
        self.inbox = inbox
        self.stateFile = stateFile
        self.log = log
    }

    /// The connection over which tor's network is switched; `nil` once it is lost.
    func use(_ connection: ControlConnection?) {
        tor = connection
    }

    /// What the owner should know besides the state.
    var notices: [Notice] { supervisor.notices }

    /// Whether tor answers now.
    var torAnswers: Bool {
        switch supervisor.facts.tor {
        case .answers: true
        case .gone, nil: false
        }
    }

    /// How a box that worked through its events is left.
    enum End {
        /// Closed, unless the kernel refused, which then lost its uplinks.
        case stopped
        /// As the supervisor wants it until another one decides; the sets hold.
        case handedOver
    }

    /// Works through the events until the box is told to stop or to hand over.
    func run() async -> End {
        defer {
            hasEnded = true
            for waiting in waitingForTheEnd { waiting.resume() }
        }
        for await event in inbox.events {
            for effect in supervisor.handle(event) { await perform(effect) }
            if event == .stopping { return .stopped }
            // A kernel that refuses keeps this box at work, until it holds what it should.
            if supervisor.facts.handOver != nil, setsHold { return .handedOver }
        }
        return .stopped
    }

    /// Has the box hand over, and returns once nothing leaves any more that the supervisor takes away for it.
    func handOver(_ handOver: HandOver) async {
        inbox.send(.handOver(handOver))
        guard !hasEnded else { return }
        await withCheckedContinuation { waitingForTheEnd.append($0) }
    }

    private func perform(_ effect: Effect) async {
        switch effect {
        case .loadAirlock: await loadAirlock()
        case .raiseInterfaces: await raiseInterfaces()
        case .lowerUplinks: await turn(configuration.uplinks, up: false)
        case .apply(let openings): await apply(openings)
        case .letTorConnect(let reach): await letTorConnect(reach)
        case .leadTorToSnowflake(let port): await leadTorToSnowflake(port)
        case .askForTime: await clock.ask()
        case .resolveThroughTor(let enabled): await resolveThroughTor(enabled)
        case .serveTime(let enabled): await serveTime(enabled)
        case .announce(let situation): announce(situation)
        }
    }

    private func loadAirlock() async {
        do {
            try await firewall.load()
            try await firewall.verify()
            inbox.send(.airlock(.held))
        } catch {
            // The next look at the host finds it broken still, and asks for another try.
            log.error("airlock: \(error)")
        }
    }

    private func raiseInterfaces() async {
        do {
            let ownSide = [configuration.lan.interface] + (configuration.pages.admin.map { [$0.interface] } ?? [])
            let interfaces = configuration.uplinks + ownSide
            let present = try NetworkInterface.all()
            guard interfaces.contains(where: { present["\($0)"]?.isUp == false }) else { return }
            // The event that asks for this may be old: an adapter put back since then is another device.
            try await firewall.verify()
            await turn(interfaces.filter { present["\($0)"] != nil }, up: true)
        } catch {
            inbox.send(.airlock(.broken("\(error)")))
        }
    }

    private func turn(_ interfaces: [InterfaceName], up: Bool) async {
        do {
            let present = try NetworkInterface.all()
            for interface in interfaces {
                guard let found = present["\(interface)"], found.isUp != up else { continue }
                try await Command("ip", ["link", "set", "dev", "\(interface)", up ? "up" : "down"]).run()
                log.info("\(interface): switched \(up ? "on" : "off")")
            }
        } catch {
            log.error("interfaces: \(error)")
        }
    }

    private func apply(_ openings: Openings) async {
        do {
            let gone = try await firewall.apply(openings)
            setsHold = true
            await forgetFlows(to: gone)
        } catch {
            log.error("airlock: \(error)")
            setsHold = false
            // At once, since an event may come too late: a box that stops hears no more of them.
            await turn(configuration.uplinks, up: false)
            inbox.send(.openingsRefused("\(error)"))
        }
    }

    private func forgetFlows(to destinations: Set<Endpoint>) async {
        do {
            try await firewall.forgetFlows(to: destinations)
        } catch {
            // Nothing of them can leave; they only take up room.
            log.error("connections to what is no relay any more: \(error)")
        }
    }

    private func letTorConnect(_ reach: TorReach) async {
        do {
            try await tor?.setConfiguration(reach.options, limit: Self.patience)
        } catch {
            log.error("tor: its network could not be switched \(reach == .nowhere ? "off" : "on"): \(error)")
            // A new connection starts with a clear picture of what tor does.
            tor?.close()
        }
    }

    private func leadTorToSnowflake(_ port: UInt16) async {
        let transports = Torrc(configuration).transports(snowflakePort: port)
        do {
            try await tor?.setConfiguration(
                transports.map { TorOption("ClientTransportPlugin", $0) }, limit: Self.patience)
        } catch {
            log.error("tor: it could not be told of snowflake's program: \(error)")
            // A new connection is told again.
            tor?.close()
        }
    }

    private func resolveThroughTor(_ enabled: Bool) async {
        do {
            try await services.resolve(through: enabled ? .tor(configuration.tor) : .none)
        } catch {
            log.error(
                "names: the resolver could not be told \(enabled ? "to ask tor" : "to stop asking tor"): \(error)")
        }
    }

    private func serveTime(_ enabled: Bool) async {
        do {
            try await services.serveTime(enabled)
        } catch {
            // Tried again every second, with the other services.
            log.error("time: the LAN could not be \(enabled ? "told" : "left without") the time: \(error)")
        }
    }

    private func announce(_ situation: Situation) {
        log.notice("\(situation)")
        self.situation = situation
        do {
            try stateFile.replace(with: "\(situation)\n")
        } catch {
            log.error("\(error)")
        }
    }
}

extension TorReach {
    fileprivate var options: [TorOption] {
        switch self {
        case .nowhere: [TorOption("DisableNetwork", "1")]
        case .overIPv6Alone: [TorOption("ClientUseIPv4", "0"), TorOption("DisableNetwork", "0")]
        case .everywhere: [TorOption("ClientUseIPv4", "1"), TorOption("DisableNetwork", "0")]
        }
    }
}

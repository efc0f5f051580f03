import BoxAPI
import BoxConfiguration
import BoxModel
import BoxRendering
import BoxSupervisor
import HostSystem
import Logging

/// Puts other settings in force, and decides whether those on trial stay.
///
/// Whatever is wrong with them is found before anything is touched. From then on nothing is undone but by the trial.
actor Changes {
    private let configuration: Configuration
    private let settings: SettingsFiles
    private let paths: ServicePaths
    private let services: Services
    private let box: Box
    private let log: Logger
    private var isChanging = false
    /// What became of settings that were taken back, for the daemon that comes after.
    private(set) var takenBack: Notice?

    init(
        _ configuration: Configuration, settings: SettingsFiles, paths: ServicePaths, services: Services, box: Box,
        log: Logger
    ) {
        self.configuration = configuration
        self.settings = settings
        self.paths = paths
        self.services = services
        self.box = box
        self.log = log
    }

    var isOnTrial: Bool { settings.isOnTrial }

    /// Judges other settings, keeps them and has the box hand over to a daemon that works by them.
    ///
    /// Returns once nothing leaves any more that the new settings may not let out.
    /// - Throws: ``Refusal``, or ``HostError``; nothing has changed then.
    func change(to candidate: Settings) async throws {
        guard !isChanging else { throw Refusal(.busy, "other settings are just being put in force; ask again") }
        guard !settings.isOnTrial else {
            throw Refusal(.busy, "the settings of before are still being tried; ask again in some seconds")
        }
        isChanging = true
        do {
            guard let handOver = try await keep(candidate) else {
                isChanging = false
                return
            }
            log.notice("settings: others are kept; the box hands over")
            // The box hands over once only, so this daemon takes no further change.
            await box.handOver(handOver)
        } catch {
            isChanging = false
            throw error
        }
    }

    /// - Returns: `nil` where they are in force already.
    private func keep(_ candidate: Settings) async throws -> HandOver? {
        let next: Configuration
        do {
            next = try settings.configuration(with: candidate)
        } catch let error as ConfigurationError {
            throw Refusal(error)
        }
        guard next != configuration else { return nil }
        let files = ServiceFiles(configuration: next, paths: paths, manager: services.manager)
        let changed = try BoxService.allCases.filter(files.isNew)
        do {
            for service in changed { try await files.check(service) }
        } catch let error as HostError where error.kind == .command {
            throw Refusal(.badArgument, next.settings.withoutSecrets(candidate.withoutSecrets("\(error)")))
        }
        let needsTrial = changed.contains(.tor)
        try settings.keep(candidate, onTrial: needsTrial)
        if needsTrial { return .closed }
        return next.ownTor.policy == configuration.ownTor.policy ? .asItIs : .withoutOwnTor
    }

    /// Tries settings that are on trial until it is decided; returns at once where none are.
    func tryOut() async throws {
        while settings.isOnTrial {
            do {
                try await decide()
            } catch let error as HostError {
                log.error("settings: \(error)")
                try await Task.sleep(for: .seconds(5))
            }
        }
    }

    private func decide() async throws {
        var trial = Trial()
        let start = ContinuousClock.now
        while true {
            let answers = await box.torAnswers
            switch trial.look(
                torAnswers: answers, failure: answers ? nil : torComplaints(), at: ContinuousClock.now - start)
            {
            case nil:
                try await Task.sleep(for: .milliseconds(250))
            case .keep:
                try settings.endTrial()
                return log.notice("settings: tor came back with them; they stay")
            case .takeBack(let reason):
                return try await takeBack(because: reason)
            }
        }
    }

    private func torComplaints() -> String? {
        do {
            return try services.manager.torComplaints()
        } catch {
            return "what tor says cannot be read: \(error)"
        }
    }

    private func takeBack(because reason: String) async throws {
        takenBack = try settings.takeBack(because: reason, configuration.settings, log)
        isChanging = true
        await box.handOver(.closed)
    }
}

extension SettingsFiles {
    /// Puts the earlier settings in force again, and says why.
    func takeBack(because reason: String, _ refused: Settings?, _ log: Logger) throws -> Notice {
        let reason = refused?.withoutSecrets(reason) ?? reason
        let notice = Notice.settingsTakenBack(since: try takeBack(), reason)
        log.error("settings: \(notice)")
        return notice
    }
}

extension Refusal {
    init(_ error: ConfigurationError) {
        self.init(
            .badArgument, "\(error)",
            mistakes: error.mistakes.map {
                Mistake(key: $0.key, found: $0.found, allowed: $0.allowed, reason: $0.reason)
            })
    }
}

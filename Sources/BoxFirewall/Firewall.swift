import BoxModel
import Glibc
import HostSystem
import NetAddress
import Nftables

/// The airlock as the kernel holds it: loaded and compared as a whole, opened only by replacing whole sets.
///
/// Every failure leaves the kernel at least as closed as it was.
public actor Firewall {
    private let folder: String
    private let files: [String: String]
    private let loader: Command
    private let uplinks: [InterfaceName]
    private let lan: InterfaceName
    private let nftables: Nftables
    /// The name of the load whose sets were filled last; `nil` where they are as the load left them.
    private var filledLoad: String?
    /// What the sets were filled with last; unknown at the start.
    private var applied: Openings?
    private var loading: Task<String, any Error>?

    /// - Parameters:
    ///   - folder: where ``BoxRendering/AirlockFiles`` were written.
    ///   - files: what they are by the configuration of now.
    ///   - loader: what has the script `torbox-airlock` load that folder.
    public init(
        folder: String, files: [String: String], loader: Command, uplinks: [InterfaceName], lan: InterfaceName
    ) throws(NftablesError) {
        self.folder = folder
        self.files = files
        self.loader = loader
        self.uplinks = uplinks
        self.lan = lan
        nftables = try Nftables()
    }

    /// How long a load is waited for: longer than systemd lets it go on. Whoever gave up earlier would cut it off by the
    /// next try, so that on a slow machine no load would ever end.
    public static let loadLimit = Duration.seconds(200)

    /// Loads the static ruleset with empty sets for the uplinks that are plugged in now, and reads it back.
    ///
    /// - Throws: ``HostError`` with the loader's last words; forwarding is off and the interfaces are down then.
    public func load() async throws {
        filledLoad = nil
        let loading = Task { [loader] in try await loader.run(limit: Self.loadLimit) }
        self.loading = loading
        defer { self.loading = nil }
        _ = try await loading.value
    }

    /// Compares the kernel's ruleset, without counters and set contents, and the uplinks' devices with what was loaded,
    /// and that with the configuration.
    ///
    /// - Throws: ``FirewallError`` of kind `.differs`, or what reading them throws.
    public func verify() async throws {
        // Half a load looks broken, and would be the reason for another.
        _ = await loading?.result
        for (name, text) in files where try DurableFile("\(folder)/\(name)").read() != Array(text.utf8) {
            throw FirewallError(
                .differs,
                "\(folder)/\(name) was made from another configuration; torboxd --render '\(folder)' renews it")
        }
        let (load, loaded) = try lastLoad()
        guard filledLoad == nil || filledLoad == load else {
            throw FirewallError(.differs, "somebody else loaded the ruleset again, which emptied the sets")
        }
        let devices = uplinks.compactMap { uplink -> String? in
            let index = if_nametoindex("\(uplink)")
            return index == 0 ? nil : "# \(uplink) is device \(index)\n"
        }
        let held = try await devices.joined() + nftables.listing()
        guard held == loaded else { throw FirewallError(.differs, Self.firstDifference(held, loaded)) }
    }

    /// Makes exactly these openings hold, in one transaction.
    ///
    /// - Returns: what is no destination any more; the rules stop each packet to it, and ``forgetFlows(to:)`` tidies up.
    /// - Throws: ``NftablesError``; the sets are as they were then.
    public func apply(_ openings: Openings) async throws -> Set<Endpoint> {
        // Read first: a load that comes between empties the sets, and its other name tells of it.
        let load = openings == .closed ? nil : try lastLoad().name
        try await nftables.replace(openings.sets(lan: lan, uplinks: uplinks))
        filledLoad = load
        let gone = applied.map { $0.destinations.subtracting(openings.destinations) } ?? []
        applied = openings
        return gone
    }

    /// Deletes the TCP connections that the kernel tracks to these destinations.
    public func forgetFlows(to destinations: Set<Endpoint>) async throws {
        try await Flows.forget(to: destinations)
    }

    /// What the loader wrote down: the name of the load, then the devices and the ruleset.
    private func lastLoad() throws(FirewallError) -> (name: String, content: String) {
        let listing: String
        do {
            listing = String(decoding: try DurableFile("\(folder)/listing").read(), as: UTF8.self)
        } catch {
            throw FirewallError(.notLoaded, "the ruleset was not loaded since the last failure (\(error))")
        }
        let name = listing.prefix { $0 != "\n" }
        return (String(name), String(listing.dropFirst(name.count + 1)))
    }

    /// Empties every set without knowing the box's configuration; where no ruleset was loaded there is nothing to close.
    public static func close() async throws {
        let nftables = try Nftables()
        guard try await nftables.run("list tables").contains("table netdev torbox\n") else { return }
        try await nftables.replace(AirlockSet.allCases.map { SetContent($0.rawValue, []) })
    }

    private static func firstDifference(_ held: String, _ loaded: String) -> String {
        let pairs = zip(
            held.split(separator: "\n", omittingEmptySubsequences: false),
            loaded.split(separator: "\n", omittingEmptySubsequences: false))
        guard let (found, meant) = pairs.first(where: { $0 != $1 }) else {
            return "the kernel's ruleset is longer or shorter than the one loaded"
        }
        let trimmed = (found.drop(while: \.isWhitespace), meant.drop(while: \.isWhitespace))
        return "the kernel has \"\(trimmed.0)\" where \"\(trimmed.1)\" was loaded"
    }
}

/// A consensus that a majority of the authorities signed: what may be relied on.
///
/// There is no way to make one but `UncheckedConsensus.verified(by:certificates:at:tolerance:)`.
public struct Consensus: Sendable {
    public let flavor: ConsensusFlavor
    public let validity: ConsensusValidity
    /// The authorities whose votes it was made from.
    public let voters: [Voter]
    /// The v3 identities of the known authorities whose signatures were verified, in ascending order.
    public let signers: [Fingerprint]
    /// All relays in ascending order of identity; no identity twice.
    public let relays: [Relay]

    init(_ unchecked: UncheckedConsensus, signers: [Fingerprint]) {
        flavor = unchecked.flavor
        validity = unchecked.validity
        voters = unchecked.voters
        relays = unchecked.entries
        self.signers = signers
    }

    /// The relay of that identity, found in logarithmic time; `nil` where the consensus lists none.
    public subscript(identity: Fingerprint) -> Relay? {
        var range = relays.indices
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if relays[middle].identity == identity { return relays[middle] }
            range = relays[middle].identity < identity ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}

/// The two forms in which one consensus is published (dir-spec 3.9).
public enum ConsensusFlavor: Sendable, CaseIterable {
    case ns
    case microdesc

    /// The only digest that counts under a signature; a weaker one would let an old weakness of SHA-1 back in.
    var digestAlgorithm: DigestAlgorithm {
        switch self {
        case .ns: .sha1
        case .microdesc: .sha256
        }
    }
}

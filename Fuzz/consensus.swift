import TorDocuments

/// No bytes make the reader of consensuses crash, and none are taken for a consensus of the public network.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let document = [UInt8](UnsafeBufferPointer(start: start, count: count))
    do {
        let consensus = try UncheckedConsensus(parsing: document)
        let boundless = ConsensusValidity.Tolerance(early: .max, late: .max)
        _ = try consensus.verified(by: .public, certificates: [], at: UnixTime(seconds: 0), tolerance: boundless)
        fatalError("verified without a signature")
    } catch {
        precondition(error.message.hasPrefix("consensus"))
    }
    return 0
}

import TorLink

/// No bytes make the opening of a link crash, and it makes no difference how they are split on their way.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    let whole = outcome(of: [bytes])
    precondition(outcome(of: bytes.map { [$0] }) == whole, "split into bytes")
    let middle = Int(bytes.first ?? 0) * count / 256
    precondition(outcome(of: [Array(bytes[..<middle]), Array(bytes[middle...])]) == whole, "split in two")
    return 0
}

private enum Outcome {
    case answered, waiting, refused
}

private func outcome(of pieces: [[UInt8]]) -> Outcome {
    var handshake = LinkHandshake()
    var outcome = Outcome.waiting
    for piece in pieces {
        do {
            if try handshake.receive(piece) != nil { outcome = .answered }
        } catch {
            precondition(!error.message.isEmpty)
            return .refused
        }
    }
    return outcome
}

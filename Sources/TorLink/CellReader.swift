/// Cuts what comes in into cells, however it was split on its way, and refuses what no honest relay sends.
struct CellReader {
    /// The longest body that is waited for: five times what a relay's certificates take.
    static let longestBody = 8192
    /// All cells of one opening, padding included.
    static let mostCells = 32
    static let mostBytes = 32_768

    /// 2 until a version is agreed, then 4.
    var circuitBytes = 2
    private var waiting: [UInt8] = []
    private var bytes = 0
    private var cells = 0

    mutating func take(_ new: some Collection<UInt8>, at step: LinkStep) throws(LinkError) {
        bytes += new.count
        guard bytes <= Self.mostBytes else {
            throw LinkError(.oversized, step, "more than \(Self.mostBytes) bytes to open a link")
        }
        waiting += new
    }

    /// The next cell; `nil` as long as it is not whole.
    ///
    /// - Throws: `garbage` or `oversized` as soon as the header says so; the body is not waited for.
    mutating func next(at step: LinkStep) throws(LinkError) -> Cell? {
        var reader = ByteReader(waiting[...])
        guard let circuit = reader.take(circuitBytes), let number = reader.byte() else { return nil }
        guard circuit.allSatisfy({ $0 == 0 }) else {
            throw LinkError(.garbage, step, "a cell of type \(number) on a circuit, which none has opened")
        }
        guard let command = Cell.Command(rawValue: number) else {
            throw LinkError(.disordered, step, "a cell of type \(number), which is no part of the opening of a link")
        }
        // Before a version is agreed, cells without a length have another length.
        guard command.isVariable || circuitBytes == 4 else {
            throw LinkError(.disordered, step, "a \(command.name) cell before VERSIONS")
        }
        var length = Cell.fixedBody
        if command.isVariable {
            guard let said = reader.uint16() else { return nil }
            length = Int(said)
        }
        guard length <= Self.longestBody else {
            throw LinkError(.oversized, step, "a \(command.name) cell of \(length) bytes")
        }
        guard let body = reader.take(length) else { return nil }
        cells += 1
        guard cells <= Self.mostCells else {
            throw LinkError(.oversized, step, "more than \(Self.mostCells) cells to open a link")
        }
        waiting.removeFirst(reader.place)
        return Cell(command: command, body: Array(body)[...])
    }
}

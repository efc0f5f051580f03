import FoundationEssentials
import HostSystem

/// Whether the owner has been through the first visit, and the language that they chose there for the house.
actor FirstVisit {
    private struct Kept: Codable {
        var isOver = false
        var language: Language?
    }

    private let file: DurableFile
    private var kept = Kept()

    /// - Throws: ``WebError`` where the file is there and cannot be used.
    init(file path: String) throws(WebError) {
        file = DurableFile(path)
        guard file.exists else { return }
        do {
            kept = try JSONDecoder().decode(Kept.self, from: Data(file.read(limit: 4096)))
        } catch {
            throw WebError(.firstVisit, "\(path): cannot be read: \(error); as root, remove it to begin the visit anew")
        }
    }

    var isOver: Bool { kept.isOver }

    /// For readers who have not chosen another; `nil` while nobody has decided.
    var language: Language? { kept.language }

    func choose(_ language: Language) throws {
        try keep(Kept(isOver: kept.isOver, language: language))
    }

    func end() throws {
        try keep(Kept(isOver: true, language: kept.language))
    }

    private func keep(_ new: Kept) throws {
        try file.replace(with: JSONEncoder().encode(new), mode: 0o600)
        kept = new
    }
}

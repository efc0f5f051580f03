import BoxAPI
import BoxModel
import BoxTime

extension Refusal {
    init(_ error: TimeRefusal) {
        switch error.kind {
        case .confirmed:
            self.init(.badArgument, "\(error)", reason: Reason(.timeConfirmed))
        case .outOfBounds(let from, let to):
            self.init(
                .badArgument, "\(error)",
                reason: Reason(.timeOutOfBounds, WrittenTime.words(from), WrittenTime.words(to)))
        case .busy:
            self.init(.busy, "\(error)", reason: Reason(.timeBusy))
        }
    }
}

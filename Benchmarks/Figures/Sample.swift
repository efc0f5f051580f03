import Foundation

/// What repeating one measurement gave.
package struct Sample: Sendable {
    /// Never empty; sorted.
    private let values: [Double]

    package init(_ values: [Double]) {
        precondition(!values.isEmpty, "a sample of nothing has no median")
        self.values = values.sorted()
    }

    package var least: Double { values.first! }

    package var median: Double {
        let middle = values.count / 2
        return values.count.isMultiple(of: 2) ? (values[middle - 1] + values[middle]) / 2 : values[middle]
    }

    /// `MEDIAN (MIN - MAX)`, each with `digits` digits after the point.
    package func text(digits: Int) -> String {
        let numbers = [median, values.first!, values.last!].map { String(format: "%.\(digits)f", $0) }
        return "\(numbers[0]) (\(numbers[1]) - \(numbers[2]))"
    }
}

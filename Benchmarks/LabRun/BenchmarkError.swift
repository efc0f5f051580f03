/// Why there is no figure: the place, the thing and the remedy in one sentence.
package struct BenchmarkError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// Why the program did not begin, and the exit code that says so (sysexits.h).
struct Refusal: Error {
    static let data: Int32 = 65
    static let machine: Int32 = 71

    let code: Int32
    let message: String
}

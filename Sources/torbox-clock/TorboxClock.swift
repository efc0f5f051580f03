@main
struct TorboxClock {
    static func main() {}
}

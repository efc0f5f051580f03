import ArgumentParser
import BoxLab

struct CaptureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capture", abstract: "Record every frame that leaves the box's uplink, until Ctrl-C.")

    @Argument(help: "The pcap file; a new one among the lab's own unless given.", completion: .file())
    var file: String?

    func run() async throws {
        let lab = try await Lab.running(checkout: Checkout())
        let capture = try await lab.startCapture(to: file)
        print("recording to \(capture.file); Ctrl-C ends it")
        await Interruption.arrival()
        let file = try await capture.finish()
        print("\(try capture.frameCount()) frames in \(file)")
    }
}

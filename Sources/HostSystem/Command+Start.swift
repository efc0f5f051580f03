import CLinux
import Glibc
import Subprocess
import SystemPackage

extension Command {
    /// How it is started; one that is cancelled is asked to end (SIGTERM), a second later it is killed.
    var configuration: Configuration {
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(1))]
        return Configuration(
            executable: program.contains("/") ? .path(FilePath(program)) : .name(program),
            arguments: Arguments(arguments), platformOptions: options)
    }

    /// Keeps the input of a child in a file in memory while the child runs.
    ///
    /// A file that is whole before the child starts: a writer beside a child that ends without reading, as
    /// swift-subprocess has one, sometimes ends this process, by SIGPIPE or by a trap of its own.
    func holding<Value>(_ input: String, _ body: (FileDescriptorInput) async throws -> Value) async throws -> Value {
        let descriptor = memfd_create("input", MFD_CLOEXEC)
        guard descriptor >= 0 else { throw HostError(.command, "\(self): its input", errno: errno) }
        defer { close(descriptor) }
        let file = FileDescriptor(rawValue: descriptor)
        try file.writeAll(input.utf8)
        try file.seek(offset: 0, from: .start)
        return try await body(.fileDescriptor(file, closeAfterSpawningProcess: false))
    }
}

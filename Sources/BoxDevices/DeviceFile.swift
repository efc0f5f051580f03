import Glibc
import HostSystem

/// The one small file that keeps the devices over power-off.
public struct DeviceFile: Sendable {
    public let path: String

    public init(_ path: String) {
        self.path = path
    }

    /// Where a file goes that could not be read.
    public var asidePath: String { path + ".broken" }

    /// What was kept; nothing on a new box.
    ///
    /// - Throws: ``DeviceError`` or `HostError`; the file is untouched.
    public func read() throws -> DeviceRegistry {
        let file = DurableFile(path)
        guard file.exists else { return DeviceRegistry() }
        do {
            return try DeviceRegistry(json: file.read())
        } catch let error as DeviceError {
            throw DeviceError(error.kind, "\(path): \(error)")
        }
    }

    /// Moves a file that cannot be read out of the way, over an earlier one, for somebody to look at.
    ///
    /// - Throws: `HostError` of kind `.file`.
    public func setAside() throws(HostError) {
        guard rename(path, asidePath) == 0 else { throw HostError(.file, path, errno: errno) }
    }

    /// Keeps the registry; a power cut leaves the old file or this one. Only root may read it: it tells who was here.
    public func write(_ registry: DeviceRegistry) throws {
        try DurableFile(path).replace(with: registry.json, mode: 0o600)
    }
}

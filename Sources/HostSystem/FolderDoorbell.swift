@preconcurrency import Dispatch
import Glibc

/// Rings whenever a file of a folder was written or another one was put in its place (inotify(7)).
///
/// It carries no news itself, and rings that nobody has taken yet fall together into one. A folder that is removed rings
/// no more, also where another one takes its place.
public struct FolderDoorbell: Sendable {
    public let rings: AsyncStream<Void>

    /// - Parameters:
    ///   - folder: which must exist.
    ///   - names: the files that count.
    /// - Throws: ``HostError`` of kind `.file`.
    public init(_ folder: String, names: Set<String>) throws(HostError) {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { throw HostError(.file, folder, errno: errno) }
        guard inotify_add_watch(descriptor, folder, UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR)) >= 0 else {
            let reason = errno
            close(descriptor)
            throw HostError(.file, folder, errno: reason)
        }
        rings = AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let source = DispatchSource.makeReadSource(fileDescriptor: descriptor)
            source.setEventHandler {
                var events = [UInt8](repeating: 0, count: 65536)
                while true {
                    let count = read(descriptor, &events, events.count)
                    guard count > 0 else { return }
                    if Self.names(in: events[..<count]).contains(where: { $0.map(names.contains) ?? true }) {
                        continuation.yield()
                    }
                }
            }
            source.setCancelHandler { close(descriptor) }
            continuation.onTermination = { _ in source.cancel() }
            source.activate()
        }
    }

    /// The file that each event is about; `nil` where the kernel lost events.
    private static func names(in events: ArraySlice<UInt8>) -> [String?] {
        var names: [String?] = []
        var rest = events
        let head = MemoryLayout<inotify_event>.size
        while rest.count >= head {
            let event = rest.prefix(head).withUnsafeBytes { $0.loadUnaligned(as: inotify_event.self) }
            let name = rest.dropFirst(head).prefix(Int(event.len)).prefix { $0 != 0 }
            names.append(event.mask & UInt32(IN_Q_OVERFLOW) == 0 ? String(decoding: name, as: UTF8.self) : nil)
            rest = rest.dropFirst(head + Int(event.len))
        }
        return names
    }
}

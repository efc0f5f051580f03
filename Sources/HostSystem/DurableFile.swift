import Glibc

/// A small file that is always whole: readers and a power cut see the old content or the new one, never a part.
public struct DurableFile: Sendable {
    public let path: String

    public init(_ path: String) {
        self.path = path
    }

    /// Where it is; `.` for a mere name.
    public var folder: String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    public var exists: Bool {
        access(path, F_OK) == 0
    }

    /// Reads the whole file.
    ///
    /// - Parameter limit: in bytes; a larger file is refused, so that a runaway file cannot eat the memory.
    /// - Throws: ``HostError`` of kind `.file`.
    public func read(limit: Int = 1 << 20) throws(HostError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw HostError(.file, path, errno: errno) }
        defer { close(descriptor) }
        return try readAll(descriptor, limit: limit)
    }

    /// Reads the whole file where its folder belongs to somebody who is not trusted, such as a service.
    ///
    /// A link could lead root to a device, whose opening alone can do harm, and a pipe would keep it waiting: only a
    /// plain file is read.
    /// - Parameter limit: in bytes; of a larger file nothing is read.
    /// - Throws: ``HostError`` of kind `.file`.
    public func readUntrusted(limit: Int = 1 << 20) throws(HostError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else {
            if errno == ELOOP { throw HostError(.file, "\(path): a link; replace it by a plain file") }
            throw HostError(.file, path, errno: errno)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw HostError(.file, path, errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw HostError(.file, "\(path): a folder, pipe or device; replace it by a plain file")
        }
        guard status.st_size <= limit else { throw tooLarge(limit) }
        return try readAll(descriptor, limit: limit)
    }

    /// Reads the whole file as text; `nil` where there is no such file.
    ///
    /// - Parameter limit: as for ``read(limit:)``.
    /// - Throws: ``HostError`` of kind `.file`.
    public func textIfThere(limit: Int = 1 << 20) throws(HostError) -> String? {
        exists ? String(decoding: try read(limit: limit), as: UTF8.self) : nil
    }

    private func readAll(_ descriptor: Int32, limit: Int) throws(HostError) -> [UInt8] {
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw HostError(.file, path, errno: errno) }
            if count == 0 { return content }
            content += chunk[..<count]
            guard content.count <= limit else { throw tooLarge(limit) }
        }
    }

    private func tooLarge(_ limit: Int) -> HostError {
        HostError(.file, "\(path): larger than \(limit) bytes; replace it by a valid file")
    }

    /// Replaces the content: written beside, flushed to the disk, then renamed over the old file.
    ///
    /// - Parameter group: to whom the mode's rights for the group are given; our own where it is left out.
    /// - Throws: ``HostError`` of kind `.file`; the old content is untouched then.
    public func replace(
        with content: some Sequence<UInt8>, mode: mode_t = 0o644, group: gid_t? = nil
    ) throws(HostError) {
        let beside = path + ".new"
        // Some folders belong to a service: a link that it laid here must not lead root to another file.
        let descriptor = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw HostError(.file, beside, errno: errno) }
        do {
            defer { close(descriptor) }
            // Before the content: what was left here may belong to others still.
            guard fchown(descriptor, uid_t.max, group ?? getegid()) == 0, fchmod(descriptor, mode) == 0 else {
                throw HostError(.file, beside, errno: errno)
            }
            try Self.writeAll(Array(content), to: descriptor, path: beside)
            guard fsync(descriptor) == 0 else {
                throw HostError(.file, beside, errno: errno)
            }
        }
        guard rename(beside, path) == 0 else { throw HostError(.file, path, errno: errno) }
        try flushFolder()
    }

    /// Replaces the content by the UTF-8 bytes of a text.
    public func replace(with text: String, mode: mode_t = 0o644, group: gid_t? = nil) throws(HostError) {
        try replace(with: text.utf8, mode: mode, group: group)
    }

    /// Puts this file in the place of another in the same folder, whole.
    ///
    /// - Throws: ``HostError`` of kind `.file`; both are untouched then.
    public func move(to other: DurableFile) throws(HostError) {
        guard rename(path, other.path) == 0 else { throw HostError(.file, other.path, errno: errno) }
        try other.flushFolder()
    }

    /// Removes the file.
    ///
    /// - Throws: ``HostError`` of kind `.file`; a file that is not there is no error.
    public func remove() throws(HostError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw HostError(.file, path, errno: errno) }
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(HostError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw HostError(.file, path, errno: errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// The rename itself lives in the folder, so the folder must reach the disk too.
    private func flushFolder() throws(HostError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw HostError(.file, folder, errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw HostError(.file, folder, errno: errno) }
    }
}

import CQREncode

/// A square of dark and light modules from which a camera reads a text (ISO/IEC 18004).
public struct QRCode: Sendable, Equatable {
    /// From the top, each from the left, without the light border; true is dark.
    public let rows: [[Bool]]

    /// What a reader needs to tell the code from what is around it, in modules.
    public static let border = 4

    /// - Parameter text: read as UTF-8; a sixth of the modules may be hidden.
    /// - Returns: `nil` for an empty text, and for one of more than 2331 bytes.
    public init?(of text: String) {
        let bytes = Array(text.utf8)
        guard let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        let modules = UnsafeBufferPointer(start: code.pointee.data, count: width * width)
        // Only the lowest bit is the module's colour.
        rows = (0..<width).map { row in (0..<width).map { modules[row * width + $0] & 1 == 1 } }
    }

    /// Of a side with its border, in modules.
    public var size: Int { rows.count + 2 * Self.border }

    /// The dark modules as the path of an SVG picture of ``size``, to be drawn with a stroke of width 1.
    public var path: String {
        var path = ""
        for (y, row) in rows.enumerated() {
            var x = 0
            while x < row.count {
                let length = row[x...].prefix { $0 == row[x] }.count
                if row[x] { path += "M\(x + Self.border) \(y + Self.border).5h\(length)" }
                x += length
            }
        }
        return path
    }
}

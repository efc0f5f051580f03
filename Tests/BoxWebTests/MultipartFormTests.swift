import Testing

@testable import BoxWeb

@Suite("A form with a file")
struct MultipartFormTests {
    private static let type = "multipart/form-data; boundary=----b1"
    private static let good =
        "------b1\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nabc\r\n"
        + "------b1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\nContent-Type: a/b\r\n\r\n"
        + "\r\n--\u{0}\r\n\r\n------b1--\r\n"

    @Test("is read with its fields and its file, whatever bytes that holds")
    func reads() throws {
        let form = try #require(MultipartForm(Array(Self.good.utf8), contentType: Self.type))
        #expect(form.fields == ["token": "abc"])
        #expect(form.files == ["file": Array("\r\n--\u{0}\r\n".utf8)])
        let empty = try #require(MultipartForm(Array("------b1--".utf8), contentType: Self.type))
        #expect(empty.fields.isEmpty && empty.files.isEmpty)
    }

    @Test("that is cut off anywhere is none")
    func cut() {
        let bytes = Array(Self.good.utf8)
        for length in 0..<(bytes.count - 4) {
            #expect(MultipartForm(Array(bytes[..<length]), contentType: Self.type) == nil, "\(length)")
        }
    }

    @Test(
        "of another kind is none",
        arguments: [
            "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"----b1\"",
            "multipart/mixed; boundary=----b1", "multipart/form-data; boundary=----b2",
            "multipart/form-data; boundary=" + String(repeating: "b", count: 71),
        ])
    func otherType(type: String) {
        #expect(MultipartForm(Array(Self.good.utf8), contentType: type) == nil)
    }

    @Test(
        "with a name twice, without one, with text that is none, or with too many parts is none",
        arguments: [
            "name=\"token\"\r\n\r\n1", "filename=\"x\"\r\n\r\n1", "name=\"a\r\n\r\n1", "name=\"a\"", "name=a\r\n\r\n1",
        ])
    func odd(part: String) {
        let more = "------b1\r\nContent-Disposition: form-data; \(part)\r\n"
        #expect(MultipartForm(Array((more + Self.good).utf8), contentType: Self.type) == nil)
        let notText = Array(Self.good.utf8).map { $0 == UInt8(ascii: "c") ? 0xFF : $0 }
        #expect(MultipartForm(notText, contentType: Self.type) == nil)
        let many = (0..<8).map { "------b1\r\nContent-Disposition: form-data; name=\"f\($0)\"\r\n\r\n1\r\n" }.joined()
        #expect(MultipartForm(Array((many + Self.good).utf8), contentType: Self.type) == nil)
    }
}

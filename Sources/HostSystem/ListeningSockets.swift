import Glibc
import NetAddress

/// Who takes TCP connections on this machine, by the kernel's word (proc(5), `/proc/net/tcp`).
public enum ListeningSockets {
    /// Returns the ports at exactly this address on which programs of a user listen, lowest first.
    ///
    /// - Throws: ``HostError`` of kind `.file`.
    public static func ports(of user: uid_t, on address: IPv4Address) throws(HostError) -> [UInt16] {
        let table = try DurableFile("/proc/net/tcp").read(limit: 64 << 20)
        return ports(of: user, on: address, in: String(decoding: table, as: UTF8.self))
    }

    static func ports(of user: uid_t, on address: IPv4Address, in table: String) -> [UInt16] {
        // The address is printed as the machine holds it in memory, the port as a number.
        let place = hexadecimal(address.bits.bigEndian, digits: 8)
        return table.split(separator: "\n").dropFirst().compactMap { line in
            let words = line.split(separator: " ")
            guard words.count > 7, words[3] == "0A", words[7] == "\(user)", words[1].hasPrefix("\(place):") else {
                return nil
            }
            return UInt16(words[1].dropFirst(place.count + 1), radix: 16)
        }.sorted()
    }

    private static func hexadecimal(_ number: UInt32, digits: Int) -> String {
        let text = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: digits - text.count) + text
    }
}

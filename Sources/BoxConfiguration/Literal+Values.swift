import BoxModel
import NetAddress
import TorDocuments

/// What each key makes of a literal; `nil` means that the value is not allowed there.
extension Literal {
    var interfaceName: InterfaceName? {
        asText.flatMap { InterfaceName($0) }
    }

    /// The box's own address in a private network of 16...28 bits.
    var lanIPv4: Network? {
        guard let network = asNetwork, case .v4(let address) = network.address, network.isPrivate,
            (16...28).contains(network.prefixLength)
        else { return nil }
        let hosts = UInt32.max >> network.prefixLength
        // All zeros names the network, all ones is its broadcast address.
        return address.bits & hosts == 0 || address.bits & hosts == hosts ? nil : network
    }

    /// The box's own address in a unique local network of 64 bits (RFC 4193).
    var lanIPv6: Network? {
        guard let network = asNetwork, case .v6 = network.address, network.isPrivate, network.prefixLength == 64
        else { return nil }
        // All zeros is the anycast address of every router (RFC 4291 section 2.6.1).
        return network.address == network.base ? nil : network
    }

    /// A private network of at most 16 bits, which is what tor asks for.
    var onionIPv4: Network? {
        guard let network = asNetwork, case .v4 = network.address, network.isPrivate, network.prefixLength <= 16,
            network.address == network.base
        else { return nil }
        return network
    }

    /// A unique local network of at most 104 bits, which is what tor asks for.
    var onionIPv6: Network? {
        guard let network = asNetwork, case .v6 = network.address, network.isPrivate, network.prefixLength <= 104,
            network.address == network.base
        else { return nil }
        return network
    }

    /// A host name under `lan` (RFC 1123 section 2.1), in lower case.
    var lanName: String? {
        guard let name = asText?.lowercased(), name.utf8.count <= 253 else { return nil }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let isHostName = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.allSatisfy { $0 == "-" || $0.isLowerLetterOrDigit }
        }
        return isHostName && labels.count >= 2 && labels.last == "lan" ? name : nil
    }

    /// A system user other than root, by the rules of Debian's adduser.
    var userName: String? {
        guard let name = asText, name != "root", name.utf8.count <= 32, let first = name.first,
            first == "_" || first.isLowerLetterOrDigit && !first.isNumber,
            name.allSatisfy({ $0 == "_" || $0 == "-" || $0.isLowerLetterOrDigit })
        else { return nil }
        return name
    }

    var unprivilegedPort: UInt16? {
        integer(in: 1024...65535).map(UInt16.init)
    }

    var directoryAuthority: DirectoryAuthority? {
        asText.flatMap { DirectoryAuthority(torrc: $0) }
    }

    var fallbackDirectory: FallbackDirectory? {
        asText.flatMap { FallbackDirectory($0) }
    }

    var ownTorPolicy: OwnTorPolicy? {
        asText.flatMap { OwnTorPolicy(rawValue: $0) }
    }

    var bridge: Result<BridgeLine, BridgeLineError>? {
        asText.map { text in Result { () throws(BridgeLineError) in try BridgeLine(text) } }
    }

    var country: CountryCode? {
        asText.flatMap { CountryCode($0) }
    }

    var torLine: Result<TorLine, TorLineError>? {
        asText.map { text in Result { () throws(TorLineError) in try TorLine(text) } }
    }

    /// Inside, `nil` for none.
    var proxyKind: UpstreamProxy.Kind?? {
        guard let text = asText else { return nil }
        return text == "none" ? .some(nil) : UpstreamProxy.Kind(rawValue: text).map(Optional.some)
    }

    /// Inside, `nil` for none.
    var proxyAddress: Endpoint?? {
        guard let text = asText else { return nil }
        if text.isEmpty { return .some(nil) }
        return Endpoint(text).flatMap { $0.isReachable ? .some($0) : nil }
    }

    /// A user or password, or nothing.
    var credential: String? {
        guard let text = asText, text.utf8.count <= 255, text.utf8.allSatisfy(Self.isPrintable) else { return nil }
        return text
    }

    /// The name of a Wi-Fi network, or nothing.
    var wifiName: String? {
        guard let text = asText, text.utf8.count <= 32,
            !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { return nil }
        return text
    }

    /// The password of a Wi-Fi network, or nothing.
    var wifiPassword: String? {
        guard let text = asText, text.isEmpty || (8...63).contains(text.utf8.count),
            text.utf8.allSatisfy(Self.isPrintable)
        else { return nil }
        return text
    }

    private static func isPrintable(_ byte: UInt8) -> Bool {
        (0x20...0x7E).contains(byte)
    }

    var flag: Bool? {
        if case .boolean(let flag) = self { flag } else { nil }
    }

    func integer(in allowed: ClosedRange<Int>) -> Int? {
        if case .integer(let number) = self, allowed.contains(number) { number } else { nil }
    }

    private var asText: String? {
        if case .text(let text) = self { text } else { nil }
    }

    private var asNetwork: Network? {
        asText.flatMap { Network($0) }
    }
}

extension Network {
    /// Whether all of it is set aside for use within one site (RFC 1918; for IPv6 the half of RFC 4193 in use).
    fileprivate var isPrivate: Bool {
        let blocks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8"].compactMap { Network($0) }
        return blocks.contains { $0.prefixLength <= prefixLength && $0.contains(base) }
    }
}

extension Character {
    fileprivate var isLowerLetterOrDigit: Bool {
        ("a"..."z").contains(self) || ("0"..."9").contains(self)
    }
}

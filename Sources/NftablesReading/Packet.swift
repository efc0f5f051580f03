import NetAddress

/// The first packet of a TCP connection that a device opens, and what a rule can know of it.
public struct Packet: Sendable {
    public var inputInterface: String
    /// Where it would leave the box; `nil` where no route leads anywhere.
    public var outputInterface: String?
    public var device: HardwareAddress
    public var source: IPAddress
    public var destination: Endpoint
    /// The box's own addresses.
    public var localAddresses: Set<IPAddress>
    /// The box's address on the uplink, which replaces the device's own in what is passed on.
    public var outsideAddress: IPAddress?

    var wasTurned = false
    var connectionMark = 0
    var mark = 0
    /// The frame is written anew for the uplink, with the box's own hardware address.
    var isLeaving = false

    public init(
        inputInterface: String, outputInterface: String?, device: HardwareAddress, source: IPAddress,
        destination: Endpoint, localAddresses: Set<IPAddress>, outsideAddress: IPAddress?
    ) {
        self.inputInterface = inputInterface
        self.outputInterface = outputInterface
        self.device = device
        self.source = source
        self.destination = destination
        self.localAddresses = localAddresses
        self.outsideAddress = outsideAddress
    }

    var isIPv4: Bool {
        switch destination.address {
        case .v4: true
        case .v6: false
        }
    }

    var isForTheBox: Bool { localAddresses.contains(destination.address) }
}

/// What a rule finds where it looks into a packet.
enum Field {
    /// There is no such thing in the packet: the rule does not match, whatever it compares with.
    case absent
    case value(Value)
    /// This reader does not know what the kernel would find.
    case unknown
}

enum Value: Equatable {
    case text(String)
    case number(Int)
    case address(IPAddress)
    case hardware(HardwareAddress)
    case flags(Set<String>)
    case tuple([Value])

    /// The value as an element of a set.
    var json: JSONValue {
        switch self {
        case .text(let text): .text(text)
        case .number(let number): .number(number)
        case .address(let address): .text("\(address)")
        case .hardware(let address): .text(address.revealed)
        case .flags(let names): .list(names.sorted().map(JSONValue.text))
        case .tuple(let values): .object(["concat": .list(values.map(\.json))])
        }
    }
}

extension Packet {
    /// Looks up the left side of a comparison.
    func field(_ left: JSONValue) -> Field {
        if let payload = left["payload"] { return self.payload(payload) }
        if let key = left["meta"]?["key"]?.text { return meta(key) }
        if let key = left["ct"]?["key"]?.text { return connection(key) }
        if let fib = left["fib"] {
            guard fib["result"]?.text == "type", fib["flags"] == .list([.text("daddr")]) else { return .unknown }
            return .value(.text(isForTheBox ? "local" : destination.address.isMulticast ? "multicast" : "unicast"))
        }
        if let operands = left["&"]?.list, operands.count == 2 { return masked(operands[0], by: operands[1]) }
        if let parts = left["concat"]?.list { return tuple(parts) }
        return .unknown
    }

    private func payload(_ payload: JSONValue) -> Field {
        switch (payload["protocol"]?.text, payload["field"]?.text) {
        case ("ip", let name): isIPv4 ? internet(name) : .absent
        case ("ip6", let name): isIPv4 ? .absent : internet(name)
        case ("tcp", "dport"), ("th", "dport"): .value(.number(Int(destination.port)))
        case ("tcp", "flags"): .value(.flags(["syn"]))
        case ("ether", "saddr"): isLeaving ? .unknown : .value(.hardware(device))
        case ("ether", "type"): .value(.text(isIPv4 ? "ip" : "ip6"))
        case ("udp", _), ("icmp", _), ("icmpv6", _), ("arp", _), ("sctp", _), ("dccp", _): .absent
        default: .unknown
        }
    }

    private func internet(_ name: String?) -> Field {
        switch name {
        case "saddr": .value(.address(source))
        case "daddr": .value(.address(destination.address))
        case "protocol", "nexthdr": .value(.text("tcp"))
        // A first packet has no options, and is no fragment and forbids to make some of it.
        case "hdrlength": .value(.number(5))
        case "frag-off": .value(.number(0x4000))
        default: .unknown
        }
    }

    private func meta(_ key: String) -> Field {
        switch key {
        case "iifname": .value(.text(inputInterface))
        case "oifname": outputInterface.map { .value(.text($0)) } ?? .unknown
        case "nfproto": .value(.text(isIPv4 ? "ipv4" : "ipv6"))
        case "l4proto": .value(.text("tcp"))
        case "mark": .value(.number(mark))
        // Nobody on the box sent it.
        case "skuid", "skgid": .absent
        default: .unknown
        }
    }

    private func connection(_ key: String) -> Field {
        switch key {
        case "state": .value(.text("new"))
        case "status": .value(.flags(wasTurned ? ["dnat"] : []))
        case "direction": .value(.text("original"))
        case "mark": .value(.number(connectionMark))
        default: .unknown
        }
    }

    private func masked(_ left: JSONValue, by mask: JSONValue) -> Field {
        switch (field(left), mask) {
        case (.value(.number(let number)), .number(let mask)): .value(.number(number & mask))
        case (.value(.flags(let flags)), .list(let names)): .value(.flags(flags.intersection(names.compactMap(\.text))))
        case (.value(.flags(let flags)), .text(let name)): .value(.flags(flags.intersection([name])))
        case (.absent, _): .absent
        default: .unknown
        }
    }

    private func tuple(_ parts: [JSONValue]) -> Field {
        var values: [Value] = []
        for part in parts {
            switch field(part) {
            case .value(let value): values.append(value)
            case .absent: return .absent
            case .unknown: return .unknown
            }
        }
        return .value(.tuple(values))
    }
}

extension IPAddress {
    fileprivate var isMulticast: Bool {
        switch self {
        case .v4(let address): address.bits >> 28 == 0xE
        case .v6(let address): address.bits >> 120 == 0xFF
        }
    }
}

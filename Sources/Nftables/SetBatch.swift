import CLinux
import Glibc
import NetAddress

/// An exchange of whole sets as the kernel takes it: one batch of netlink messages, which holds as a whole or not at all
/// (linux/netfilter/nf_tables.h).
///
/// libnftables makes the same of text; that takes several times as long, and relays wait for it to be refused.
struct SetBatch {
    private(set) var bytes: [UInt8] = []
    /// The set that each message is about, in the order of the messages' numbers; empty for the batch's two ends.
    private(set) var subjects: [String] = []

    /// An attribute's length is a number of 16 bits.
    private static let elementsPerMessage = 1000
    /// linux/netfilter.h
    private static let families: [Substring: UInt8] = ["inet": 1, "netdev": 5]

    /// - Throws: ``NftablesError`` where a set's name is none.
    init(replacing sets: [SetContent]) throws(NftablesError) {
        bytes.reserveCapacity(sets.reduce(4096) { $0 + 1024 + $1.elements.count * 40 })
        let first = UInt16(NLMSG_MIN_TYPE)
        addMessage(first, resource: UInt16(NFNL_SUBSYS_NFTABLES))
        for content in sets {
            try add(NFT_MSG_DELSETELEM, [], of: content.set)
            for start in stride(from: 0, to: content.elements.count, by: Self.elementsPerMessage) {
                try add(NFT_MSG_NEWSETELEM, content.elements[start...].prefix(Self.elementsPerMessage), of: content.set)
            }
        }
        addMessage(first + 1, flags: NLM_F_ACK, resource: UInt16(NFNL_SUBSYS_NFTABLES))
    }

    /// The number of the message whose acknowledgement tells that the batch holds.
    var lastNumber: UInt32 { UInt32(subjects.count - 1) }

    private mutating func add(
        _ kind: nf_tables_msg_types, _ elements: ArraySlice<SetElement>, of set: String
    ) throws(NftablesError) {
        let words = set.split(separator: " ")
        guard words.count == 3, let family = Self.families[words[0]] else {
            throw NftablesError(.refused, "nftables: \"\(set)\" names no set of a family that is known")
        }
        let type = UInt16(NFNL_SUBSYS_NFTABLES) << 8 | UInt16(kind.rawValue)
        addMessage(type, flags: NLM_F_CREATE, family: family, about: set) { batch in
            batch.addAttribute(NFTA_SET_ELEM_LIST_TABLE.rawValue) { $0.bytes += words[1].utf8 + [0] }
            batch.addAttribute(NFTA_SET_ELEM_LIST_SET.rawValue) { $0.bytes += words[2].utf8 + [0] }
            guard !elements.isEmpty else { return }
            batch.addAttribute(NFTA_SET_ELEM_LIST_ELEMENTS.rawValue, isNested: true) { batch in
                for element in elements { batch.add(element) }
            }
        }
    }

    private mutating func add(_ element: SetElement) {
        addAttribute(NFTA_LIST_ELEM.rawValue, isNested: true) {
            $0.addAttribute(NFTA_SET_ELEM_KEY.rawValue, isNested: true) {
                $0.addAttribute(NFTA_DATA_VALUE.rawValue) { $0.addKey(of: element) }
            }
        }
    }

    /// The parts of a key in network order, each filled up to four bytes; a name to all that it may have.
    private mutating func addKey(of element: SetElement) {
        switch element {
        case .endpoint(let endpoint):
            switch endpoint.address {
            case .v4(let address): put(address.bits.bigEndian)
            case .v6(let address): put(address.bits.bigEndian)
            }
            put(endpoint.port.bigEndian)
            put(UInt16(0))
        case .hardware(let address): bytes += address.bytes
        case .interface(let name): bytes += Array(name.utf8) + repeatElement(0, count: max(0, 16 - name.utf8.count))
        }
    }

    private mutating func addMessage(
        _ type: UInt16, flags: Int32 = 0, family: UInt8 = 0, resource: UInt16 = 0, about set: String = "",
        _ body: (inout SetBatch) -> Void = { _ in }
    ) {
        let start = bytes.count
        put(UInt32(0))
        put(type)
        put(UInt16(NLM_F_REQUEST | flags))
        put(UInt32(subjects.count))
        put(UInt32(0))
        put(family)
        put(UInt8(NFNETLINK_V0))
        put(resource.bigEndian)
        body(&self)
        write(UInt32(bytes.count - start), at: start)
        subjects.append(set)
    }

    private mutating func addAttribute(_ type: UInt32, isNested: Bool = false, _ body: (inout SetBatch) -> Void) {
        let start = bytes.count
        put(UInt16(0))
        put(UInt16(type) | (isNested ? 1 << 15 : 0))
        body(&self)
        // The length is without what fills it up.
        write(UInt16(bytes.count - start), at: start)
        while bytes.count % 4 != 0 { bytes.append(0) }
    }

    private mutating func put(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
    }

    private mutating func write(_ number: some FixedWidthInteger, at place: Int) {
        withUnsafeBytes(of: number) { raw in
            for (offset, byte) in raw.enumerated() { bytes[place + offset] = byte }
        }
    }
}

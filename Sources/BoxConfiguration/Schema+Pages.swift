import BoxModel
import NetAddress

/// The keys of the table `pages`.
extension Schema {
    static let pages = Table(
        name: "pages", explanation: "The box's own pages. Most boxes never need this table.",
        entries: [adminInterface.entry, adminIPv4.entry, onlyThere.entry, refusedPlaces.entry])

    static let adminInterface = Key<InterfaceName?>(
        "pages", "admin-interface", standard: "",
        values: """
            an interface name of at most 15 letters, digits, "_", "." or "-" that is neither an uplink nor the LAN, or \
            "" for none
            """,
        example: "usb0",
        explanation: """
            A port for one computer by cable, such as the USB gadget port of a small board. The computer gets an \
            address there, the pages and ssh, and nothing else: no name, no time, no way to the internet or the LAN.
            """,
        read: { $0 == .text("") ? .some(nil) : $0.interfaceName.map(Optional.some) })

    static let adminIPv4 = Key(
        "pages", "admin-ipv4", standard: "10.85.0.1/24",
        values: "a private IPv4 address with a prefix length from 16 to 28",
        explanation: "The box's own address on the admin interface. The pages are at this address there.",
        read: \.lanIPv4)

    static let onlyThere = Key(
        "pages", "only-there", standard: false,
        values: "true or false; true only beside an admin-interface",
        explanation: """
            Whether the owner's pages, the login and the first visit are on the admin interface alone. The LAN then \
            sees how the box is, and nothing more.
            """,
        read: \.flag)

    static let refusedPlaces = Key(
        "pages", "refused-places", standard: false, isSetting: true,
        values: "true or false",
        explanation: """
            Whether the box notes to which addresses that was sent which it refused, besides its kind. The price: \
            whoever may log in here then sees where the devices wanted to go. It is in memory only, for half an hour; \
            with false it is forgotten at once.
            """,
        read: \.flag)
}

extension Examination {
    mutating func noteConflicts(
        _ pages: Configuration.Pages, _ uplinks: [InterfaceName], _ lan: Configuration.LAN, _ tor: Configuration.Tor
    ) {
        guard let admin = pages.admin else { return }
        if uplinks.contains(admin.interface) || lan.interface == admin.interface {
            noteConflict(
                at: [Schema.adminInterface.entry.path],
                allowed: "an interface that neither uplinks.interfaces nor lan.interface names")
        }
        if admin.ipv4.overlaps(lan.ipv4) || admin.ipv4.overlaps(tor.onionIPv4) {
            noteConflict(
                at: [Schema.adminIPv4.entry.path, Schema.lanIPv4.entry.path],
                allowed:
                    "networks without a common address in pages.admin-ipv4 (\(admin.ipv4)), lan.ipv4 (\(lan.ipv4)) "
                    + "and tor.onion-ipv4 (\(tor.onionIPv4))")
        }
    }
}

extension Configuration.Pages {
    init?(_ examination: inout Examination) {
        let interface = examination.value(Schema.adminInterface)
        let ipv4 = examination.value(Schema.adminIPv4)
        let isOnlyPlace = examination.value(Schema.onlyThere)
        let notesPlaces = examination.value(Schema.refusedPlaces)
        guard let interface, let ipv4, let isOnlyPlace, let notesPlaces else { return nil }
        if isOnlyPlace, interface == nil {
            examination.noteConflict(
                at: [Schema.onlyThere.entry.path], allowed: "false, or true beside pages.admin-interface")
        }
        self.init(
            admin: interface.map { Admin(interface: $0, ipv4: ipv4, isOnlyPlace: isOnlyPlace) },
            notesPlaces: notesPlaces)
    }
}

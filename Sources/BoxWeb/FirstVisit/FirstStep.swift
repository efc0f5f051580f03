/// The pages of the first visit after the password, in their order.
enum FirstStep: String, CaseIterable, Sendable {
    case language, ownTor, wifi, connection, promises, done

    var path: String {
        switch self {
        case .language: "/first/language"
        case .ownTor: "/first/own-tor"
        case .wifi: "/first/wifi"
        case .connection: "/first/connection"
        case .promises: "/first/promises"
        case .done: "/first/done"
        }
    }

    /// What it asks of the settings; `nil` where it asks something else, or nothing.
    var form: SettingsForm? {
        switch self {
        case .ownTor: .ownTor
        case .wifi: .wifi
        case .connection: .connection
        case .language, .promises, .done: nil
        }
    }

    /// From 1.
    var number: Int { Self.allCases.firstIndex(of: self)! + 1 }
    var previous: FirstStep? { number > 1 ? Self.allCases[number - 2] : nil }
    var next: FirstStep? { number < Self.allCases.count ? Self.allCases[number] : nil }
}

import Hummingbird
import NIOCore

/// What a request comes with: from which device, in which language, with which session.
public struct WebContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// The address of the device, as text; empty where it has none.
    let device: String
    /// The box's own address that the device connected to.
    let place: String
    var language = Language.english
    /// The cookie's text; forms of people who are not logged in carry it too.
    var visitor = ""
    /// Whether the owner's pages are here.
    var isOwnersPlace = false
    var session: Sessions.Session?

    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        device = source.channel.remoteAddress?.ipAddress ?? ""
        place = source.channel.localAddress?.ipAddress ?? ""
    }

    var isOwner: Bool { session != nil }

    /// What every form of this request's page must carry.
    var formToken: String { session?.formToken.text ?? visitor }
}

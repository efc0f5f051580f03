/// What is told to the box in confidence: printing or dumping it shows nothing of it.
public protocol Confidential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Confidential {
    public var description: String { "(not shown)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension Settings: Confidential {}
extension Settings.Proxy: Confidential {}
extension Settings.WiFi: Confidential {}

import Nftables
import Testing

@Suite("Sets in nft's language")
struct SetContentTests {
    @Test("A set is emptied before it is filled, in one text")
    func replaces() {
        let content = SetContent("inet t s", ["192.0.2.1 . 443", "192.0.2.2 . 80"])
        #expect(content.replacement == "flush set inet t s\nadd element inet t s { 192.0.2.1 . 443, 192.0.2.2 . 80 }\n")
    }

    @Test("An empty content only empties")
    func empties() {
        #expect(SetContent("inet t s", []).replacement == "flush set inet t s\n")
    }
}

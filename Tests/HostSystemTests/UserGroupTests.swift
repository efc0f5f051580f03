import HostSystem
import Testing

@Suite("A system group")
struct UserGroupTests {
    @Test("An account is in its own group, and a stranger is not")
    func includes() throws {
        let root = try #require(UserGroup(named: "root"))
        #expect(root.id == 0 && root.includes(user: 0, group: 0))
        let nobody = try UserAccount(named: "nobody")
        #expect(!root.includes(user: nobody.user, group: nobody.group))
        // The database counts, also where a process runs with another group.
        let own = try #require(UserGroup(named: "nogroup"))
        #expect(own.includes(user: nobody.user, group: 0))
        #expect(!own.includes(user: 4_000_000_000, group: 4_000_000_000))
    }

    @Test("A group that is not there is none")
    func missing() {
        #expect(UserGroup(named: "no-such-group-here") == nil)
    }
}

import BoxAPI
import Testing

@testable import BoxWeb

@Suite("What the owner should know, on the pages")
struct NoticeTests {
    @Test(
        "Every notice has its sentence in both languages, with all it names",
        arguments: StatusReport.Notice.Code.allCases)
    func sentences(code: StatusReport.Notice.Code) throws {
        for language in [Language.english, .french] {
            let words = try Words(language)
            let sentence = words(StatusReport.Notice(code, ["<first>", "<second>"], words: "not this"))
            #expect(words.keys.contains("notice_\(code.rawValue)"))
            #expect(!sentence.contains("%") && !sentence.contains("not this"))
        }
        let words = try Words(.french)
        let told = words(StatusReport.Notice(.settingsTakenBack, ["14:05 UTC", "because"], words: ""))
        #expect(told.contains("14:05 UTC") && told.contains("because"))
    }
}

import Testing

@testable import BoxDaemon

@Suite("What tor complains of")
struct ComplaintsTests {
    @Test("Warnings and errors of its last start are told, without dates and echoes")
    func tells() {
        let log = """
            Nov 22 23:40:00.000 [notice] Tor 0.4.9.11 opening new log file.
            Nov 22 23:40:01.000 [warn] Something of long ago.
            Nov 22 23:55:25.000 [notice] Tor 0.4.9.11 opening new log file.
            Nov 22 23:55:25.000 [warn] It looks like another Tor process is running.
            Nov 22 23:55:31.000 [err] No, it's still there.  Exiting.
            Nov 22 23:55:31.000 [err] set_options(): Bug: Acting on config options left us in a broken state. Dying.
            Nov 22 23:55:31.000 [err] Reading config failed--see warnings above.
            """
        #expect(
            Complaints(log: log)?.words
                == "It looks like another Tor process is running. No, it's still there.  Exiting.")
    }

    @Test("A tor without complaints has none", arguments: ["", "Nov 22 23:55:25.000 [notice] All is well.\n"])
    func silent(log: String) {
        #expect(Complaints(log: log) == nil)
    }
}

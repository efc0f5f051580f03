import BoxAPI
import BoxRendering
import Glibc
import HostSystem
import Testing

@testable import BoxDaemon

@Suite("Updates of the machine's packages")
struct UpdateRecordTests {
    private static let now: Int64 = 1_795_350_896
    private static let hour: Int64 = 3_600

    private static func failure(_ hours: Int64) -> UpdatesReport.Failure {
        .init(time: now - hours * hour, reason: "no way")
    }

    @Test(
        "They are due once a day, and an hour after a failure; a time to come was a wrong clock",
        arguments: [
            (UpdateRecord(), true),
            (UpdateRecord(checked: now - 23 * hour), false), (UpdateRecord(checked: now - 24 * hour), true),
            (UpdateRecord(checked: now - 30 * hour, failure: failure(0)), false),
            (UpdateRecord(checked: now, failure: failure(1)), true),
            (UpdateRecord(checked: now + hour), true), (UpdateRecord(failure: failure(-1)), true),
        ])
    func due(record: UpdateRecord, isDue: Bool) {
        #expect(record.isDue(at: Self.now) == isDue)
    }

    @Test(
        "The owner is told once no look has succeeded for seven days, be it the first",
        arguments: [
            (nil, nil, nil), (nil, 167, nil), (nil, 169, "2026-11-15"), (168, 900, nil), (169, 900, "2026-11-15"),
            (-5, 900, nil),
        ] as [(Int64?, Int64?, String?)])
    func overdue(checked: Int64?, began: Int64?, day: String?) {
        let record = UpdateRecord(
            began: began.map { Self.now - $0 * Self.hour }, checked: checked.map { Self.now - $0 * Self.hour })
        let notice = record.notice(at: Self.now)
        #expect(notice?.details.first == day)
        #expect(notice.map { $0.code == .updatesOverdue && $0.words.contains("since 2026-11-15") } ?? true)
    }

    @Test("A run begins when the box has been open for ten minutes, and no more than once an hour")
    func pace() {
        var pace = UpdatePace()
        let start = ContinuousClock.now
        func isTime(_ minutes: Int, isOpen: Bool = true, _ record: UpdateRecord = UpdateRecord()) -> Bool {
            pace.isTime(for: record, isOpen: isOpen, now: Self.now, at: start + .seconds(60 * minutes))
        }
        #expect(!isTime(0) && !isTime(9))
        #expect(!isTime(10, isOpen: false), "what is not open does not fetch")
        #expect(!isTime(11) && !isTime(20))
        #expect(!isTime(21, UpdateRecord(checked: Self.now)))
        #expect(isTime(22))
        #expect(!isTime(23) && !isTime(81))
        #expect(isTime(82))
    }

    @Test(
        "How far a run is follows from its steps and apt's own words",
        arguments: [
            ("", nil), ("step:checking\n", .init(.checking)),
            ("step:downloading\ndlstatus:2:41.67:Retrieving file 2 of 2\n", .init(.downloading, percent: 41)),
            (
                "step:installing\npmstatus:libc6:amd64:33.3:Unpacking\npmstatus:libc6:amd64:1e9:x\n",
                .init(.installing, percent: 100)
            ),
            ("step:installing\npmstatus:tor:40.5:Unp", .init(.installing, percent: 40)),
            ("step:installing\npmerror:tor:40.5:Something\n", .init(.installing)), ("step:dancing\n", nil),
            ("dlstatus:1:5:early\n", nil),
        ] as [(String, UpdatesReport.Progress?)])
    func progress(lines: String, progress: UpdatesReport.Progress?) {
        #expect(UpdatesReport.Progress(lines: lines) == progress)
    }

    @Test("What torbox-update left behind is read; of what is not there, or is none of it, nothing")
    func folder() throws {
        let folder = "/tmp/torbox-updates-\(UInt64.random(in: 0 ... .max))"
        #expect(try UpdateRecord(folder: folder) == UpdateRecord())
        try Folder(folder).make()
        for (name, text) in [
            ("began", "17\n"), ("checked", "x\n"), ("pending", "tor 1 2\nlinux-image-2  6.12-1\nrubbish\n"),
            ("failure", "42 Failed to fetch: a b\n"),
        ] {
            try DurableFile("\(folder)/\(name)").replace(with: text)
        }
        let record = try UpdateRecord(folder: folder)
        #expect(
            record
                == UpdateRecord(
                    began: 17, checked: nil,
                    pending: [
                        .init(name: "tor", installed: "1", available: "2"),
                        .init(name: "linux-image-2", installed: nil, available: "6.12-1"),
                    ],
                    failure: .init(time: 42, reason: "Failed to fetch: a b")))
        for name in ["began", "checked", "pending", "failure"] { try DurableFile("\(folder)/\(name)").remove() }
        _ = rmdir(folder)
    }

    @Test("systemd starts a run without being waited for; a torboxd that does not run the machine refuses")
    func start() async throws {
        #expect("\(SystemdServices.update)" == "systemctl start --no-block torbox-update.service")
        let paths = DaemonPaths().services
        let manager = ChildServices(
            paths: paths, user: "debian-tor", web: "/nonexistent",
            webArguments: .init(try Sample.configuration(), paths: paths))
        await #expect(throws: Refusal.self) { try await manager.startUpdate() }
    }
}

import Foundation
import Glibc
import HostSystem

@testable import BoxLab

/// An archive of packages on the fake internet, signed by a key that is made for it, and a machine in a folder whose
/// apt installs from there: apt and dpkg are the real ones, and touch nothing outside the folder.
struct PackageArchive {
    static let folder = LabFolder.run / "packages"
    /// Where the archive is served.
    static let place = "\(Addresses.web):8080"
    /// What systemd would tell torbox-update.
    static let state = LabBox.state / "updates"
    static let runtime = LabBox.runtime / "update"

    private static let machine = folder / "machine"
    private static let served = folder / "served"
    /// Where apt keeps its own log, and what it fetched.
    static let logs = machine / "var/log/apt"
    static let fetched = machine / "var/cache/apt/archives"
    private static let dpkg = "\(machine.path)/var/lib/dpkg"
    /// While it is there, setting a package up is cut off as by the power.
    private static let powerCut = "\(folder.path)/power-cut"
    /// While it is there, setting a package up goes on.
    private static let hold = "\(folder.path)/hold"
    /// apt's and dpkg's own ways to another root; scripts of packages run outside it.
    private static let environment = [
        "APT_CONFIG=\(folder.path)/apt.conf", "DPKG_ROOT=\(machine.path)", "DPKG_ADMINDIR=\(dpkg)",
        "DPKG_FORCE=script-chrootless", "STATE_DIRECTORY=\(state.path)", "RUNTIME_DIRECTORY=\(runtime.path)",
    ]

    let checkout: Checkout

    /// Makes an archive with version 2 of `sample`, and a machine that has version 1.
    ///
    /// - Parameter knowsTheWay: whether the machine's apt has the box's settings.
    static func make(checkout: Checkout, knowsTheWay: Bool = true) async throws -> PackageArchive {
        try await LabProcess.running("packages", on: .inet)?.end()
        try folder.remove()
        for name in [
            "served", "old", "machine/etc/apt/apt.conf.d", "machine/var/lib/dpkg/info", "machine/var/lib/dpkg/updates",
            "machine/var/lib/apt/lists/partial", "machine/var/cache/apt/archives/partial", "machine/var/log/apt",
            "machine/boot",
        ] { try (folder / name).make() }
        let archive = PackageArchive(checkout: checkout)
        try await archive.build(version: 1, into: folder / "old")
        try await archive.build(version: 2, into: served)
        try await archive.sign()
        try archive.settings(knowsTheWay)
        try await archive.run("dpkg", ["--install", "\(folder.path)/old/sample_1.deb"])
        try (machine / "boot").write("kernel\n", to: "vmlinuz-2")
        // An earlier archive's visitors stand there too.
        try DurableFile("\(LabFolder.logs.path)/packages.log").remove()
        let server = ["-m", "http.server", "--bind", "\(Addresses.web)", "--directory", served.path, "8080"]
        try await LabProcess.start("packages", on: .inet, Command("python3", server))
        try await wait(upTo: .seconds(20), for: "the archive") {
            try await LabHost.inet.run("ss", ["-Hltn"]).contains(" \(place) ")
        }
        return archive
    }

    /// Runs torbox-update on the box as systemd would, and returns its exit code.
    func update(_ words: String...) async throws -> Int32 {
        for folder in [Self.state, Self.runtime] { try folder.make() }
        let outcome = try await LabHost.box.outcome(
            "env", Self.environment + [checkout.file("System/torbox-update")] + words, limit: .seconds(120))
        try Self.runtime.remove()
        return outcome.status
    }

    /// Runs torbox-update and asks it to end, as systemd does at shutdown, while dpkg sets the package up; lets dpkg go
    /// on once it has been asked.
    func updateAskedToEnd() async throws {
        for folder in [Self.state, Self.runtime] { try folder.make() }
        try Self.folder.write("", to: "hold")
        let script = checkout.file("System/torbox-update")
        let process = try await LabProcess.start("update", on: .box, Command("env", Self.environment + [script]))
        try await wait(upTo: .seconds(60), for: "dpkg at work") { (Self.folder / "held").exists }
        process.send(SIGTERM)
        try DurableFile(Self.hold).remove()
        try await wait(upTo: .seconds(30), for: "the end of torbox-update") { !process.isRunning }
    }

    /// Whether setting a package up is cut off from now on.
    func cutPower(_ isCut: Bool) throws {
        if isCut { try Self.folder.write("", to: "power-cut") } else { try DurableFile(Self.powerCut).remove() }
    }

    /// What dpkg says of the package, such as `ii 2`.
    func installed() async throws -> String {
        try await run("dpkg-query", ["--show", "--showformat", "${db:Status-Abbrev}${Version}", "sample"])
    }

    /// From where the archive was asked.
    func visitors() throws -> Set<String> {
        let log = try LabFolder.logs.read("packages.log") ?? ""
        return Set(log.split(separator: "\n").filter { $0.contains("\"GET ") }.map { String($0.prefix { $0 != " " }) })
    }

    @discardableResult
    private func run(_ program: String, _ arguments: [String]) async throws -> String {
        try await Command("env", Self.environment + [program] + arguments).endingWithTheLab.run()
    }

    private func build(version: Int, into folder: LabFolder) async throws {
        let source = Self.folder / "source-\(version)"
        for name in ["DEBIAN", "usr/share/sample"] { try (source / name).make() }
        try (source / "DEBIAN").write(
            """
            Package: sample
            Version: \(version)
            Architecture: all
            Maintainer: Nobody <nobody@example.net>
            Description: a package of the lab

            """, to: "control")
        // dpkg is its parent.
        try (source / "DEBIAN").write(
            """
            #!/bin/sh
            [ ! -e \(Self.powerCut) ] || kill -9 $PPID
            while [ -e \(Self.hold) ]; do echo >\(Self.folder.path)/held; sleep 0.1; done

            """, to: "postinst")
        try await Command("chmod", ["755", "\(source.path)/DEBIAN/postinst"]).run()
        try (source / "usr/share/sample").write("\(version)\n", to: "version")
        try await Command(
            "dpkg-deb", ["--root-owner-group", "--build", source.path, "\(folder.path)/sample_\(version).deb"]
        ).run()
    }

    /// Lists what is served, as a Debian archive does (Debian wiki, DebianRepository/Format).
    private func sign() async throws {
        let name = "sample_2.deb"
        let package = try await weighed(name)
        try Self.served.write(
            try await Command("dpkg-deb", ["--field", "\(Self.served.path)/\(name)"]).run()
                + "Filename: ./\(name)\nSize: \(package.size)\nSHA256: \(package.sum)\n\n", to: "Packages")
        let list = try await weighed("Packages")
        let date = try await Command("date", ["--utc", "--rfc-email"]).run()
        try Self.served.write(
            "Origin: Lab\nSuite: lab\nDate: \(date)Architectures: all amd64\nSHA256:\n"
                + " \(list.sum) \(list.size) Packages\n", to: "Release")
        let home = Self.folder / "gpg"
        try home.make()
        try await Command("chmod", ["700", home.path]).run()
        func gpg(_ words: String...) async throws {
            try await Command("gpg", ["--homedir", home.path, "--batch", "--quiet", "--passphrase", ""] + words).run()
        }
        try await gpg("--quick-generate-key", "lab@example.net", "ed25519", "sign", "never")
        try await gpg("--output", "\(Self.folder.path)/key.gpg", "--export")
        try await gpg("--output", "\(Self.served.path)/InRelease", "--clear-sign", "\(Self.served.path)/Release")
        try await Command("gpgconf", ["--homedir", home.path, "--kill", "all"]).run()
    }

    private func weighed(_ name: String) async throws -> (size: Int, sum: String) {
        let path = "\(Self.served.path)/\(name)"
        let sum = try await Command("sha256sum", [path]).run().prefix(64)
        return (try Data(contentsOf: URL(filePath: path)).count, String(sum))
    }

    private func settings(_ knowsTheWay: Bool) throws {
        let apt = Self.machine / "etc/apt"
        try apt.write("deb [signed-by=\(Self.folder.path)/key.gpg] http://\(Self.place) ./\n", to: "sources.list")
        if knowsTheWay {
            try FileManager.default.createSymbolicLink(
                atPath: "\(apt.path)/apt.conf.d/30torbox", withDestinationPath: checkout.file("System/apt/torbox.conf"))
        }
        try (Self.machine / "var/lib/dpkg").write("", to: "status")
        try Self.folder.write(
            """
            Dir "\(Self.machine.path)/";
            Dir::Etc "\(apt.path)";
            Dir::State::status "\(Self.dpkg)/status";
            APT::Architecture "amd64";
            // Whoever waits for a test waits less than an owner.
            Acquire::Retries "0";
            Acquire::http::Timeout "8";

            """, to: "apt.conf")
    }
}

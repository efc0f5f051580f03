import HostSystem
import TorControl

extension Check {
    /// Names: all of them resolved by the box, through Tor or not at all.
    static let names: [Check] = [
        Check("asks 8.8.8.8 for a name, over UDP and TCP") { _ in
            for transport in ["+notcp", "+tcp"] {
                let answer = try await ask("@\(Addresses.publicResolver)", transport, "+short", "www.example.net", "A")
                try expect(answer.output.trimmed == "\(Addresses.web)", "\(transport): \(answer.output)")
            }
            let name = try await ask("+short", "-x", "\(Addresses.web)")
            try expect(name.output.trimmed == "www.example.net.", "PTR: \(name.output)")
            return "the box answered, by way of Tor"
        },
        Check("asks for records that Tor cannot resolve") { _ in
            let types = ["HTTPS", "SVCB", "MX", "TXT", "SRV", "ANY"]
            for type in types {
                for transport in ["+notcp", "+tcp"] {
                    // dig ends with 9 where no answer came.
                    let answer = try await ask(transport, "www.example.net", type)
                    let isQuick = answer.status == 0 && ["NOERROR", "NOTIMP"].contains { answer.output.contains("status: \($0)") }
                    try expect(isQuick, "\(type) \(transport): \(answer.output)")
                }
            }
            return "\(types.joined(separator: ", ")): told at once that there is none"
        },
        Check("asks for an onion name's address") { scene in
            for type in ["A", "AAAA"] {
                let answer = try await ask("+short", scene.lab.tor.onionAddress, type)
                try expect(!answer.output.trimmed.isEmpty, "no \(type) for the onion name")
            }
            return "got one of the box's own, over both families"
        },
        Check("asks for torbox.lan") { scene in
            let v4 = try await ask("+short", "torbox.lan", "A").output.trimmed
            let v6 = try await ask("+short", "torbox.lan", "AAAA").output.trimmed
            try expect(v4 == "\(scene.context.box4)" && v6 == "\(scene.context.box6)", "torbox.lan is \(v4) and \(v6)")
            return "the box itself"
        },
        Check("asks for names of the local network") { scene in
            try await localNamesStayHere(scene)
        },
    ]

    private static func ask(_ words: String...) async throws -> Command.Outcome {
        try await LabHost.client1.outcome("dig", ["+time=10", "+tries=1", "+noedns"] + words, limit: .seconds(15))
    }

    /// Watches which names tor is asked to resolve, up to one that it must be.
    private static func localNamesStayHere(_ scene: Scene) async throws -> String {
        let connection = try await scene.lab.box.torControl()
        try await connection.subscribe(to: [.stream])
        defer { connection.close() }
        let local = ["printer", "printer.local", "nas.lan", "router.home.arpa", "wpad", "x.localhost"]
        for name in local {
            let answer = try await ask(name, "A")
            try expect(answer.output.contains("status: NXDOMAIN"), "\(name): \(answer.output)")
        }
        let reverse = try await ask("-x", "192.168.1.1")
        try expect(reverse.output.contains("status: NXDOMAIN"), "192.168.1.1: \(reverse.output)")
        _ = try await ask("the-last-name.example.net", "A")
        for await event in connection.events {
            guard case .stream(let stream) = event, stream.status == .newResolve else { continue }
            if stream.target.hasPrefix("the-last-name.") { break }
            try expect(!local.contains { stream.target.hasPrefix($0) }, "tor was asked for a local name")
        }
        return "\(local.count + 1) refused by the box; tor heard of none"
    }
}

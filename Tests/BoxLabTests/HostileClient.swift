import Foundation
import HostSystem

@testable import BoxLab

/// Somebody who may open torboxd's socket, and says there what they like.
enum HostileClient {
    /// Every verb of the API with a word wherever one fits, and verbs that somebody may wish for.
    static func requests(_ word: String) -> [String] {
        let word = "\"\(word)\""
        return ["status", "devices", "doors", "open", "apply", "close"].map { "{\"\($0)\":{}}" } + [
            "{\"rename\":{\"device\":\(word),\"alias\":\(word)}}",
            "{\"rename\":{\"device\":\"device 2\",\"alias\":\(word)}}",
            "{\"ownTor\":{\"device\":\(word),\"isOn\":true}}", "{\"block\":{\"device\":\(word)}}",
            "{\"unblock\":{\"device\":\(word)}}", "{\"why\":{\"destination\":\(word)}}",
            "{\"why\":{\"destination\":\"203.0.113.80:80\",\"device\":\(word)}}",
            "{\"time\":{}}", "{\"setTime\":{\"seconds\":0}}", "{\"setTime\":{\"seconds\":1800000000}}",
            "{\"setTime\":{\"seconds\":\(word)}}",
            "{\"traffic\":{}}", "{\"refused\":{}}", "{\"refused\":{\"device\":\(word)}}",
            "{\"machine\":{}}", "{\"airlock\":{\"rules\":[\(word)]}}", "{\"restart\":{}}", "{\"powerOff\":{}}",
            "{\"backup\":{\"passphrase\":\(word)}}", "{\"restore\":{\"file\":\(word),\"passphrase\":\(word)}}",
            "{\"circuits\":{}}", "{\"newIdentity\":{\"exit\":\(word)}}", "{\"torLog\":{\"lines\":\(word)}}",
            "{\"updates\":{}}", "{\"update\":{\"package\":\(word)}}",
            "{\"settings\":{}}",
            "{\"change\":{\"settings\":{\"ownTorPolicy\":\(word),\"guestsChooseOwnTor\":true,\"bridges\":[\(word)],"
                + "\"reachablePorts\":[],\"entryCountries\":[\(word)],\"exitCountries\":[\(word)],"
                + "\"furtherTorLines\":[\(word)],\"notesPlaces\":false}}}",
            "{\"doors\":{\"add\":[\(word)]}}", "{\"carried\":{\"interface\":\(word)}}",
        ]
    }

    /// Sends one line as root, or as whatever a compromised program of the pages is.
    static func ask(_ line: String, asWeb: Bool = false) async throws -> String {
        let talk = """
            use Socket; use IO::Handle; socket(S, PF_UNIX, SOCK_STREAM, 0);
            connect(S, pack_sockaddr_un($ARGV[0])) or die $!; S->autoflush(1);
            while (1) { print S "$ARGV[1]\\n"; my $r = <S>; die unless defined $r;
                if ($r =~ /"busy"/) { select(undef, undef, undef, 0.5); close S;
                    socket(S, PF_UNIX, SOCK_STREAM, 0); connect(S, pack_sockaddr_un($ARGV[0])) or die; S->autoflush(1);
                    next; }
                print $r; last; }
            """
        let words = ["perl", "-e", talk, "\(LabBox.runtime.path)/api.sock", line]
        let command = asWeb ? web(words) : Command(words[0], Array(words.dropFirst()))
        return try await LabHost.box.run(command.program, command.arguments)
    }

    /// The command with the rights of the program that serves the pages, and no others.
    static func web(_ words: [String]) -> Command {
        Command(
            "setpriv",
            ["--reuid", "torbox-web", "--regid", "torbox-web", "--init-groups", "--no-new-privs"]
                + ["--inh-caps=-all", "--bounding-set=-all"] + words)
    }

    /// What the kernel holds in the sets that let something through.
    static func held() async throws -> [String: Set<String>] {
        let listing = try await LabHost.box.run("nft", ["--json", "list", "ruleset"])
        let objects = try JSONSerialization.jsonObject(with: Data(listing.utf8)) as! [String: [[String: Any]]]
        return try objects["nftables"]!.compactMap { $0["set"] as? [String: Any] }.reduce(into: [:]) { sets, set in
            let name = "\(set["family"]!) \(set["name"]!)"
            guard ["doors", "beyond", "guard", "carri", "passe"].contains(where: name.contains) else { return }
            sets[name] = try Set(
                (set["elem"] as? [Any] ?? []).map {
                    String(
                        decoding: try JSONSerialization.data(withJSONObject: $0, options: .fragmentsAllowed),
                        as: UTF8.self)
                })
        }
    }
}

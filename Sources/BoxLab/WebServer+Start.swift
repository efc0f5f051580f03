import HostSystem
import NetAddress

extension WebServer {
    /// Starts the lab's web server as a process of the fake internet.
    static func start(checkout: Checkout) async throws {
        try await LabProcess.start("web", on: .inet, Command(checkout.program("torbox-lab"), ["serve-web"]))
    }

    /// Serves the internet's site by TLS too, with a certificate that nobody signed.
    public static func startTLS() async throws {
        guard try LabProcess.running("web-tls", on: .inet) == nil else { return }
        let folder = LabFolder.run / "web-tls"
        try folder.make()
        let (key, certificate) = ("\(folder.path)/key", "\(folder.path)/certificate")
        try await LabHost.inet.run(
            "openssl",
            ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=www.example.net"]
                + ["-keyout", key, "-out", certificate])
        try await LabProcess.start(
            "web-tls", on: .inet,
            Command(
                "socat",
                [
                    "OPENSSL-LISTEN:443,pf=ip4,bind=\(Addresses.web),reuseaddr,fork,cert=\(certificate),key=\(key),verify=0",
                    "TCP4:\(Addresses.web):80",
                ]))
        try await wait(upTo: .seconds(10), for: "the web server's port 443") {
            try await LabHost.inet.run("ss", ["-Hltn"]).contains(" \(Addresses.web):443 ")
        }
    }
}

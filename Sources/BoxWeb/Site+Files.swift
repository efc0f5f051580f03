import Hummingbird

extension Site {
    /// The style and the one script; they are the same for everybody and change with the version only.
    func addFiles(to router: Router<WebContext>) {
        let files: [(RouterPath, String, [UInt8])] = [
            ("/style.css", "text/css; charset=utf-8", PackageResources.style_css),
            ("/live.js", "text/javascript; charset=utf-8", PackageResources.live_js),
        ]
        for (path, type, content) in files {
            router.get(path) { _, _ in
                var response = pages.response(String(decoding: content, as: UTF8.self), type)
                response.headers[.cacheControl] = "max-age=3600"
                return response
            }
        }
        // Browsers ask for it unbidden.
        router.get("/favicon.ico") { _, _ in Response(status: .noContent) }
    }
}

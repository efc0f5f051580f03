import CNftables

/// The kernel's packet filter in the network namespace of the thread that made this value (libnftables(3)).
public actor Nftables {
    // Unsafe only in name: nobody else is left when deinit reads it. An isolated deinit would need no such word, but
    // Swift 6.3.1 then fails to optimize the modules that import this one ("circular reference").
    nonisolated(unsafe) private let context: OpaquePointer
    private let socket: NetfilterSocket

    /// - Throws: ``NftablesError`` where the library cannot be set up.
    public init() throws(NftablesError) {
        guard let context = nft_ctx_new(UInt32(NFT_CTX_DEFAULT)) else {
            throw NftablesError(.setUp, "nftables: no context; is libnftables installed and the process root?")
        }
        guard nft_ctx_buffer_output(context) == 0, nft_ctx_buffer_error(context) == 0 else {
            nft_ctx_free(context)
            throw NftablesError(.setUp, "nftables: no output buffer; the memory is exhausted")
        }
        self.context = context
        do {
            socket = try NetfilterSocket()
        } catch {
            nft_ctx_free(context)
            throw error
        }
    }

    deinit {
        nft_ctx_free(context)
    }

    /// Runs commands in nft's own language as one transaction: all of them hold, or none.
    ///
    /// - Returns: what the commands printed.
    /// - Throws: ``NftablesError`` with the kernel's or the parser's reason; the ruleset is untouched then.
    @discardableResult
    public func run(_ commands: String, output flags: OutputFlags = []) throws(NftablesError) -> String {
        nft_ctx_output_set_flags(context, flags.rawValue)
        let status = nft_run_cmd_from_buffer(context, commands)
        // Both buffers must be read after each run, or the next one sees this one's text.
        let output = nft_ctx_get_output_buffer(context).map { String(cString: $0) } ?? ""
        let errors = nft_ctx_get_error_buffer(context).map { String(cString: $0) } ?? ""
        guard status == 0 else {
            let reason = errors.split(separator: "\n").first.map(String.init) ?? "no reason given"
            throw NftablesError(.refused, "nftables: \(reason)")
        }
        return output
    }

    /// Replaces the whole content of several sets in one transaction; no packet sees a set empty in between.
    ///
    /// - Throws: ``NftablesError`` with the kernel's reason; the sets are untouched then.
    public func replace(_ sets: [SetContent]) throws(NftablesError) {
        try socket.run(SetBatch(replacing: sets))
    }

    /// The ruleset without counters and set contents: what stays the same while a box works.
    public func listing() throws(NftablesError) -> String {
        try run("list ruleset", output: [.stateless, .terse])
    }
}

extension Nftables {
    /// How the library prints; the values are those of libnftables.
    public struct OutputFlags: OptionSet, Sendable {
        public let rawValue: UInt32

        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        public static let stateless = OutputFlags(rawValue: UInt32(NFT_CTX_OUTPUT_STATELESS))
        public static let json = OutputFlags(rawValue: UInt32(NFT_CTX_OUTPUT_JSON))
        public static let handles = OutputFlags(rawValue: UInt32(NFT_CTX_OUTPUT_HANDLE))
        public static let terse = OutputFlags(rawValue: UInt32(NFT_CTX_OUTPUT_TERSE))
    }
}

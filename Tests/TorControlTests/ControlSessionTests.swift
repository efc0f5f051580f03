import Glibc
import HostSystem
import Testing

@testable import TorControl

@Suite("A session", .serialized, .timeLimit(.minutes(1)))
struct ControlSessionTests {
    @Test("It waits for a tor, outlives it, and subscribes anew to the next one")
    func restart() async throws {
        try await TorHome.with { home in
            let session = ControlSession(socketPath: home.socketPath, cookiePath: home.cookiePath, events: [.notice])
            var events = session.makeAsyncIterator()
            guard case .retrying(let error) = await events.next() else {
                Issue.record("connected to nobody")
                return
            }
            #expect(error.kind == .unreachable)
            var pids: [Int32] = []
            for _ in 1...2 {
                async let end: Void = home.runTor()
                let connection = try #require(await Self.nextConnection(&events))
                let pid = try await connection.processID()
                try await connection.signal(.heartbeat)
                #expect(await Self.nextHeartbeat(&events))
                pids.append(pid)
                kill(pid, SIGKILL)
                #expect(await Self.nextLoss(&events)?.kind == .closed)
                try await end
            }
            #expect(Set(pids).count == 2)
        }
    }

    @Test("Cancelling the loop closes the connection")
    func cancellation() async throws {
        try await TorHome.with { home in
            try await home.withTor {
                let (connections, found) = AsyncStream.makeStream(of: ControlConnection.self)
                let loop = Task {
                    for await event in ControlSession(socketPath: home.socketPath, events: []) {
                        if case .connected(let connection) = event { found.yield(connection) }
                    }
                }
                let connection = try #require(await connections.first { _ in true })
                loop.cancel()
                await loop.value
                #expect(try await connection.ended().kind == .closed)
            }
        }
    }

    @Test("Cancelling the loop ends it while there is no tor")
    func cancellationWithoutTor() async throws {
        try await TorHome.with { home in
            let loop = Task {
                for await _ in ControlSession(socketPath: home.socketPath, events: []) {}
            }
            loop.cancel()
            await loop.value
        }
    }

    private static func nextConnection(_ events: inout ControlSession.Iterator) async -> ControlConnection? {
        while let event = await events.next() {
            if case .connected(let connection) = event { return connection }
        }
        return nil
    }

    private static func nextHeartbeat(_ events: inout ControlSession.Iterator) async -> Bool {
        while let event = await events.next() {
            if case .event(.log(let line)) = event, line.message.hasPrefix("Heartbeat") { return true }
        }
        return false
    }

    private static func nextLoss(_ events: inout ControlSession.Iterator) async -> ControlError? {
        while let event = await events.next() {
            if case .lost(let error) = event { return error }
        }
        return nil
    }
}

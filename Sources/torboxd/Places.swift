import ArgumentParser
import BoxDaemon

/// Where the daemon finds and keeps its files, as the command line has it.
struct Places: ParsableArguments {
    @Option(help: "The folder for what is lost at power-off.")
    var runtime = DaemonPaths().runtime

    @Option(help: "The folder for what is kept.")
    var state = DaemonPaths().state

    @Option(help: "The folder that --render wrote.")
    var airlock = DaemonPaths().airlock

    @Option(help: "The program that loads the static ruleset.")
    var airlockLoader = DaemonPaths().airlockLoader

    @Option(help: "The program that asks relays for the time.")
    var clockReader = DaemonPaths().clockReader

    @Option(help: "The program that serves the pages.")
    var web = DaemonPaths().web

    var paths: DaemonPaths {
        var paths = DaemonPaths()
        (paths.runtime, paths.state, paths.airlock, paths.airlockLoader) = (runtime, state, airlock, airlockLoader)
        paths.clockReader = clockReader
        paths.web = web
        return paths
    }
}

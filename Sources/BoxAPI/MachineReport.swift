/// How the machine is on which the box runs.
public struct MachineReport: Codable, Sendable, Hashable {
    /// In bytes.
    public var memory: Room
    /// The file system of what torboxd keeps, in bytes.
    public var disk: Room
    /// Each sensor of the kernel's; empty where there is none.
    public var temperatures: [Temperature]
    /// How many programs wanted a processor, on average over 1, 5 and 15 minutes.
    public var load: [Double]
    public var processors: Int
    /// Such as `6.1.0-28-amd64`.
    public var kernel: String
    /// Such as `12.11`; absent where this is no Debian.
    public var debian: String?
    /// Since the machine started.
    public var uptimeSeconds: Int

    public struct Room: Codable, Sendable, Hashable {
        public var total: Int
        /// What a program could still use.
        public var available: Int

        public var used: Int { total - available }

        public init(total: Int, available: Int) {
            (self.total, self.available) = (total, available)
        }
    }

    public struct Temperature: Codable, Sendable, Hashable {
        /// The kernel's name for what is measured, such as `cpu-thermal`.
        public var sensor: String
        public var celsius: Double

        public init(sensor: String, celsius: Double) {
            (self.sensor, self.celsius) = (sensor, celsius)
        }
    }

    public init(
        memory: Room, disk: Room, temperatures: [Temperature], load: [Double], processors: Int, kernel: String,
        debian: String?, uptimeSeconds: Int
    ) {
        self.memory = memory
        self.disk = disk
        self.temperatures = temperatures
        self.load = load
        self.processors = processors
        self.kernel = kernel
        self.debian = debian
        self.uptimeSeconds = uptimeSeconds
    }
}

// swift-tools-version: 6.2
import PackageDescription

// A package of its own: what only measurements need does not burden the product's build.
let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "torbox", path: "..")],
    targets: [
        .executableTarget(
            name: "documents-benchmark",
            dependencies: [.product(name: "TorDocuments", package: "torbox")],
            path: "Documents",
            swiftSettings: [.treatAllWarnings(as: .error)])
    ]
)

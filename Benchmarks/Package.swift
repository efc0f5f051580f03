// swift-tools-version: 6.2
import PackageDescription

// A package of its own: what only measurements need does not burden the product's build.
let package = Package(
    name: "benchmarks",
    dependencies: [
        .package(name: "torbox", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        .executableTarget(
            name: "box-benchmark",
            dependencies: [
                "Figures",
                "LabRun",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "BoxLab", package: "torbox"),
                .product(name: "HostSystem", package: "torbox"),
                .product(name: "TorControl", package: "torbox"),
                // Not linked: built with it, so that what is measured is what is in this checkout.
                .product(name: "torboxd", package: "torbox"),
                .product(name: "torbox-web", package: "torbox"),
                .product(name: "torbox-lab", package: "torbox"),
            ],
            path: "Box",
            swiftSettings: [.treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "clock-benchmark",
            dependencies: [
                "LabRun",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "BoxLab", package: "torbox"),
                .product(name: "torbox-clock", package: "torbox"),
                .product(name: "torbox-lab", package: "torbox"),
                .product(name: "torboxd", package: "torbox"),
                .product(name: "torbox-web", package: "torbox"),
            ],
            path: "Clock",
            swiftSettings: [.treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "documents-benchmark",
            dependencies: ["Figures", .product(name: "TorDocuments", package: "torbox")],
            path: "Documents",
            swiftSettings: [.treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "forwarding-benchmark",
            dependencies: [
                "Figures",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "BoxLab", package: "torbox"),
                .product(name: "HostSystem", package: "torbox"),
                // Not linked: it renders the rules.
                .product(name: "torboxd", package: "torbox"),
            ],
            path: "Forwarding",
            swiftSettings: [.treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "exchange-benchmark",
            dependencies: [
                "Figures",
                "LabRun",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "BoxLab", package: "torbox"),
                .product(name: "HostSystem", package: "torbox"),
                .product(name: "NetFrames", package: "torbox"),
                // Not linked: what is measured is what is in this checkout.
                .product(name: "torboxd", package: "torbox"),
                .product(name: "torbox-web", package: "torbox"),
                .product(name: "torbox-lab", package: "torbox"),
            ],
            path: "Exchange",
            swiftSettings: [.treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "pages-benchmark",
            dependencies: [
                "Figures",
                "LabRun",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "BoxLab", package: "torbox"),
                .product(name: "HostSystem", package: "torbox"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                // Not linked: what is measured is what is in this checkout.
                .product(name: "torboxd", package: "torbox"),
                .product(name: "torbox-web", package: "torbox"),
                .product(name: "torbox-lab", package: "torbox"),
            ],
            path: "Pages",
            swiftSettings: [.treatAllWarnings(as: .error)]),
        .target(
            name: "LabRun",
            dependencies: [
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "BoxLab", package: "torbox"),
            ],
            path: "LabRun",
            swiftSettings: [.treatAllWarnings(as: .error)]),
        .target(name: "Figures", path: "Figures", swiftSettings: [.treatAllWarnings(as: .error)]),
    ]
)

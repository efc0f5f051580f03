// swift-tools-version: 6.2
import PackageDescription

// Targets stand in layers, lowest first; an import may only point to a lower layer (Tests/HouseTests holds it).
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func executable(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name,
        dependencies: dependencies + [.product(name: "ArgumentParser", package: "swift-argument-parser")],
        swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], fixtures: Bool = false) -> Target {
    .testTarget(
        name: name, dependencies: dependencies,
        resources: fixtures ? [.copy("Fixtures")] : [],
        swiftSettings: strict)
}

let package = Package(
    name: "torbox",
    products: [
        .executable(name: "torboxd", targets: ["torboxd"]),
        .executable(name: "torbox", targets: ["torbox"]),
        .executable(name: "torbox-web", targets: ["torbox-web"]),
        .executable(name: "torbox-clock", targets: ["torbox-clock"]),
        .executable(name: "torbox-lab", targets: ["torbox-lab"]),
        // For Benchmarks/.
        .library(name: "BoxLab", targets: ["BoxLab"]),
        .library(name: "HostSystem", targets: ["HostSystem"]),
        .library(name: "NetFrames", targets: ["NetFrames"]),
        .library(name: "TorControl", targets: ["TorControl"]),
        .library(name: "TorDocuments", targets: ["TorDocuments"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // Generic: usable by any program.
        .systemLibrary(name: "CNftables", pkgConfig: "libnftables", providers: [.apt(["libnftables-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(
            name: "COpenSSL", path: "Sources/COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCrypt", pkgConfig: "libcrypt", providers: [.apt(["libcrypt-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        library("NetAddress"),
        library("QRCode", ["CQREncode"]),
        library("NetFrames", ["CLinux", "NetAddress"]),
        library(
            "HostSystem",
            [
                "CLinux", "NetAddress",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]),
        library("Nftables", ["CLinux", "CNftables", "NetAddress"]),
        library("NftablesReading", ["NetAddress"]),

        // Tor only.
        library("TorDocuments", ["COpenSSL", "NetAddress"]),
        library(
            "TorControl",
            [
                "COpenSSL", "NetAddress",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),

        library("TorLink", ["COpenSSL", "NetAddress", "TorDocuments"]),

        // This product.
        library("BoxModel", ["NetAddress"]),
        library(
            "BoxConfiguration",
            ["BoxModel", "NetAddress", "TorDocuments", .product(name: "TOMLKit", package: "TOMLKit")]),
        library(
            "BoxRendering", ["BoxConfiguration", "BoxModel", "NetAddress", "TorDocuments"],
            resources: [.embedInCode("Airlock/airlock.nft")]),
        library("BoxFirewall", ["BoxModel", "HostSystem", "NetAddress", "Nftables"]),
        library("BoxSupervisor", ["BoxModel", "NetAddress"]),
        library("BoxTime", ["NetAddress", "TorDocuments", "TorLink"]),
        library("BoxDevices", ["HostSystem", "NetAddress"]),
        library("BoxPassword", ["BoxModel", "CCrypt", "HostSystem"]),
        library(
            "BoxAPI",
            [
                "BoxModel", "HostSystem",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        library(
            "BoxWeb",
            [
                "BoxAPI", "BoxModel", "BoxPassword", "HostSystem", "QRCode",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            resources: [.embedInCode("Web")]),
        library(
            "BoxCommand",
            [
                "BoxAPI", "BoxModel", "BoxPassword", "HostSystem", "NetAddress",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        library(
            "BoxDaemon",
            [
                "BoxAPI", "BoxConfiguration", "BoxDevices", "BoxFirewall", "BoxModel", "BoxRendering", "BoxSupervisor",
                "BoxTime", "HostSystem", "NetAddress", "Nftables", "NftablesReading", "TorControl", "TorDocuments",
                "TorLink",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        library(
            "BoxLab",
            [
                "HostSystem", "NetAddress", "NetFrames", "TorControl",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        executable(
            "torboxd",
            ["BoxConfiguration", "BoxDaemon", "BoxFirewall", .product(name: "Logging", package: "swift-log")]),
        executable("torbox", ["BoxCommand"]),
        executable("torbox-web", ["BoxAPI", "BoxWeb", .product(name: "Logging", package: "swift-log")]),
        .executableTarget(
            name: "torbox-clock", dependencies: ["BoxTime", "CLinux", "TorLink"], swiftSettings: strict),
        executable("torbox-lab", ["BoxLab", "HostSystem"]),

        tests("NetAddressTests", ["NetAddress"]),
        tests("NetFramesTests", ["NetFrames", "NetAddress"]),
        tests("HostSystemTests", ["HostSystem"]),
        tests("NftablesTests", ["Nftables", "NetAddress"]),
        tests("NftablesReadingTests", ["NftablesReading", "NetAddress"], fixtures: true),
        tests(
            "TorControlTests",
            [
                "TorControl", "HostSystem", "NetAddress",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        tests("TorDocumentsTests", ["TorDocuments", "NetAddress"], fixtures: true),
        tests(
            "TorLinkTests", ["COpenSSL", "TorLink", "TorDocuments", "BoxTime", "HostSystem", "NetAddress"],
            fixtures: true),
        tests("BoxConfigurationTests", ["BoxConfiguration", "BoxModel", "NetAddress", "TorDocuments"]),
        tests("BoxRenderingTests", ["BoxRendering", "BoxConfiguration", "HostSystem", "NetAddress"], fixtures: true),
        tests(
            "BoxFirewallTests",
            [
                "BoxAPI", "BoxConfiguration", "BoxDaemon", "BoxFirewall", "BoxModel", "BoxRendering", "HostSystem",
                "NetAddress", "NetFrames", "Nftables", "NftablesReading",
            ]),
        tests("BoxDevicesTests", ["BoxDevices", "HostSystem", "NetAddress"]),
        tests(
            "BoxAPITests",
            [
                "BoxAPI", "BoxModel", "HostSystem",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        tests("BoxCommandTests", ["BoxAPI", "BoxCommand", "BoxConfiguration", "BoxModel"]),
        tests(
            "BoxDaemonTests",
            [
                "BoxConfiguration", "BoxDaemon", "BoxDevices", "BoxModel", "BoxRendering", "BoxSupervisor", "BoxTime",
                "HostSystem",
                "NetAddress", "NftablesReading", "TorControl", "TorDocuments",
                .product(name: "Logging", package: "swift-log"),
            ]),
        tests("BoxTimeTests", ["BoxTime", "NetAddress", "TorDocuments", "TorLink"]),
        tests(
            "BoxWebTests",
            [
                "BoxAPI", "BoxModel", "BoxPassword", "BoxWeb", "HostSystem",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ]),
        tests("QRCodeTests", ["HostSystem", "QRCode"]),
        tests("BoxSupervisorTests", ["BoxSupervisor", "BoxModel", "NetAddress"]),
        tests("BoxLabTests", ["BoxAPI", "BoxLab", "HostSystem", "NetAddress", "NetFrames", "TorControl"]),
        tests("HouseTests", ["BoxFirewall", "BoxModel", "BoxSupervisor", "HostSystem", "NetAddress", "Nftables"]),
    ]
)

// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

/// Every target of ours is compiled alike: language mode 6, warnings are errors, nothing implicit.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A static standard library halves start-up (ARCHITECTURE.md), also where pre-commit builds us.
let staticStandardLibrary: [LinkerSetting] = [
  .unsafeFlags(
    ["-static-stdlib", "-l_FoundationCollections", "-l_FoundationCShims"],
    .when(platforms: [.linux], configuration: .release))
]

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")

let package = Package(
  name: "headgate",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "headgate", targets: ["headgate"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibgit2", pkgConfig: "libgit2",
      providers: [.apt(["libgit2-dev", "pkg-config"]), .brew(["libgit2", "pkg-config"])]),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev", "pkg-config"]), .brew(["sqlite", "pkg-config"])]),

    .target(name: "Syntax", swiftSettings: strict),
    .target(name: "Model", swiftSettings: strict),
    .target(name: "Catalog", dependencies: ["Syntax", "Model"], swiftSettings: strict),
    .target(name: "Capacity", dependencies: ["Model"], swiftSettings: strict),
    .target(name: "CEL", swiftSettings: strict),
    .target(name: "Findings", dependencies: ["Syntax"], swiftSettings: strict),
    .target(
      name: "Policy", dependencies: ["Syntax", "Model", "CEL", "Capacity", "Findings"],
      swiftSettings: strict),

    .target(name: "Git", dependencies: ["CLibgit2"], swiftSettings: strict),
    .target(
      name: "Audit", dependencies: ["Git", "CSQLite", crypto, cryptoExtras], swiftSettings: strict),

    .target(
      name: "Review",
      dependencies: [
        "Syntax", "Model", "Catalog", "Capacity", "CEL", "Policy", "Findings", "Git", "Audit",
      ],
      swiftSettings: strict, plugins: ["EmbedPolicies"]),
    .executableTarget(
      name: "headgate", dependencies: ["Review", "CEL", "Capacity", argumentParser],
      swiftSettings: strict, linkerSettings: staticStandardLibrary),

    .executableTarget(
      name: "policy-compiler", dependencies: ["Policy", "Catalog"], swiftSettings: strict),
    .plugin(name: "EmbedPolicies", capability: .buildTool(), dependencies: ["policy-compiler"]),

    .testTarget(name: "SyntaxTests", dependencies: ["Syntax"], swiftSettings: strict),
    .testTarget(name: "ModelTests", dependencies: ["Model"], swiftSettings: strict),
    .testTarget(
      name: "CatalogTests", dependencies: ["Syntax", "Model", "Catalog"], swiftSettings: strict),
    .testTarget(name: "CapacityTests", dependencies: ["Model", "Capacity"], swiftSettings: strict),
    .testTarget(name: "CELTests", dependencies: ["CEL"], swiftSettings: strict),
    .testTarget(
      name: "FindingsTests", dependencies: ["Syntax", "Findings"], exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "PolicyTests",
      dependencies: ["Syntax", "Model", "Catalog", "Capacity", "CEL", "Findings", "Policy"],
      swiftSettings: strict),
    .testTarget(name: "GitTests", dependencies: ["Git"], swiftSettings: strict),
    .testTarget(
      name: "AuditTests", dependencies: ["Syntax", "Git", "Audit", crypto], swiftSettings: strict),
    .testTarget(
      name: "ReviewTests",
      dependencies: ["Syntax", "Model", "Catalog", "Capacity", "Findings", "Policy", "Review"],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["headgate"], exclude: ["Faults/interposer.c"],
      swiftSettings: strict),
    .testTarget(
      name: "EffectTests",
      dependencies: ["Syntax", "Model", "Catalog", "CEL", "Findings", "Policy"],
      swiftSettings: strict),
    .testTarget(name: "RepositoryTests", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

import Foundation
import PackagePlugin

/// Runs `policy-compiler` over `policies/` before Review is compiled, in every build.
///
/// SwiftPM asks a plugin again only when a target's own folder changes, and `policies/` lies in
/// none: with the rule files as inputs a new rule went unnoticed and a removed one broke the build.
/// So the only input is a stamp that the compiler itself renews. It takes some milliseconds, and
/// leaves the generated file alone where no rule changed.
@main
struct EmbedPolicies: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let policies = context.package.directoryURL.appending(path: "policies")
    let docs = context.package.directoryURL.appending(path: "docs")
    let output = context.pluginWorkDirectoryURL.appending(path: "BuiltInPolicies.swift")
    let stamp = context.pluginWorkDirectoryURL.appending(path: "stamp")
    try Data().write(to: stamp)
    return [
      .buildCommand(
        displayName: "Embedding policies",
        executable: try context.tool(named: "policy-compiler").url,
        arguments: [output.path, policies.path, stamp.path, docs.path], inputFiles: [stamp],
        outputFiles: [output])
    ]
  }
}

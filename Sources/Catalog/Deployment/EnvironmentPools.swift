import Model
import Syntax

/// The pools that a workload's environment says all about: addresses and connection strings.
///
/// Of several variables of one name the last counts. Variables that override a key of a framework's
/// own file are none: the pool is the one of that file.
struct EnvironmentPools {
  private(set) var resources: [any Resource] = []
  private(set) var problems: [Problem] = []

  /// The pools of `workload`.
  ///
  /// - Parameters:
  ///   - sources: the files that the variables' values stand in.
  ///   - context: of the file that deploys it.
  ///   - environment: where it runs, as far as the deployment says so.
  init(
    _ workload: Workload, sources: [SourceText], _ context: ReadingContext,
    environment: String? = nil
  ) {
    // What a pooler or a server takes from its environment leads from itself, not into a pool.
    guard workload.product == nil else { return }
    var last: [String: Int] = [:]
    for (index, variable) in workload.variables.enumerated() { last[variable.name] = index }
    var strings: [String: DotNetStrings] = [:]
    for (index, variable) in workload.variables.enumerated() where last[variable.name] == index {
      // A password that only the deployment knows does not hide where the address leads.
      guard let value = variable.value ?? variable.template,
        let source = sources.first(where: { $0.path == variable.origin.path })
      else { continue }
      let file = PoolFile(source, context)
      let range = variable.origin.range
      if DotNetStrings.isVariable(variable.name) {
        let isPlain = source.text(range) == value
        strings[source.path, default: DotNetStrings(file, environment: environment)].add(
          variable.name.split(separator: "_").last.map(String.init) ?? variable.name,
          isPlain ? MappedText(plain: source, range) : MappedText(filled: value, at: range),
          provider: nil)
      } else if EnvironmentFile.isAddress(value, of: variable.name) {
        let pool = AddressPool(file, name: variable.name, address: value, written: range)
        resources.append(pool.pool(environment: environment).run(by: workload.service))
      }
    }
    for (_, found) in strings.sorted(by: { $0.key < $1.key }) {
      problems += found.problems
      for case let pool as SettingsResource in found.pools {
        resources.append(pool.run(by: workload.service))
      }
    }
  }
}

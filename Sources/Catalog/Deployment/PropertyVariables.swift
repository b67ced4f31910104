import Model
import Syntax

/// The variables of a service that override keys of a framework's file.
///
/// MicroProfile Config and Micronaut look for `QUARKUS_DATASOURCE_JDBC_MAX_SIZE` where a file may
/// have `quarkus.datasource.jdbc.max-size`: the same name, other separators.
struct PropertyVariables {
  private let variables: [String: EnvironmentVariable]

  /// The variables of `workload`; none where no service is known.
  init(_ workload: Workload?) {
    var variables: [String: EnvironmentVariable] = [:]
    for variable in workload?.variables ?? [] {
      variables[SpringOverlay.plain(variable.name)] = variable
    }
    self.variables = variables
  }

  /// The variable that stands for a key, or that a placeholder's name means.
  subscript(name: String) -> EnvironmentVariable? { variables[SpringOverlay.plain(name)] }

  /// The entries of the keys that a variable gives, each a placeholder of the variable's name.
  func entries(of keys: some Sequence<String>) -> [SpringEntry] {
    guard !variables.isEmpty else { return [] }
    return keys.compactMap { key in
      self[key].map { variable in
        SpringEntry(
          name: SpringEntry.canonical(key), raw: key, key: variable.origin, parent: nil,
          written: variable.value ?? variable.template ?? "", origin: variable.origin,
          value: .text("${\(variable.name)}"))
      }
    }
  }
}

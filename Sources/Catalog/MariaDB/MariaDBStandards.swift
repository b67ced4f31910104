import Model

/// The settings of a server whose files say nothing, worked out once for each product.
///
/// There are some 700 of them, of which a file writes ten.
struct MariaDBStandards: Sendable {
  let settings: [Setting]
  /// The place in ``settings`` of each of ``MariaDBVariable/all``; `nil` for what is shown only
  /// where it is written.
  let slots: [Int?]

  private static let mariadb = MariaDBStandards(.mariadb)
  private static let mysql = MariaDBStandards(.mysql)

  static func of(_ product: MariaDB.Product) -> MariaDBStandards {
    product == .mysql ? mysql : mariadb
  }

  private init(_ product: MariaDB.Product) {
    var settings: [Setting] = []
    slots = MariaDBVariable.all.map { variable in
      // MySQL's list is not known: of the others only what is written is shown.
      let isShown = variable.kind != .option && product == .mariadb
      guard isShown || MariaDBFacts.of(variable.name).field != nil else { return nil }
      settings.append(Self.setting(variable, product))
      return settings.count - 1
    }
    self.settings = settings
  }

  private static func setting(_ variable: MariaDBVariable, _ product: MariaDB.Product) -> Setting {
    let facts = MariaDBFacts.of(variable.name)
    let effective = variable.standard.flatMap { MariaDBValue($0, of: variable).effective }
    let note: String? =
      variable.standard == nil
      ? "the machine or the build decides"
      : product == .mysql ? "the default of MariaDB 10.11; MySQL's may differ" : nil
    return Setting(
      key: variable.name, field: facts.field, effective: effective,
      meaning: effective == .int(0) || effective == .double(0) ? facts.zero : nil,
      unit: facts.unit, provenance: .default, note: note,
      isSecret: MariaDBFacts.secrets.contains(variable.name))
  }
}

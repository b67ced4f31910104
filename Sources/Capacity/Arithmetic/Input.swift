package import Model

/// How sure a number of the arithmetic is.
package enum Basis: String, Sendable, Hashable, CaseIterable {
  /// Written in a file, or what the product makes of what is written.
  case explicit
  /// Written nowhere because there is nothing to decide: one replica, one process.
  case implied
  /// Declared in `.headgate.yaml`.
  case declared
  /// The product's own default, which nobody wrote.
  case `default`
  /// The default of a placeholder, which the environment may override.
  case placeholder
  /// A number of this arithmetic, such as the usual margin.
  case assumed
  /// Asked for on the command line.
  case whatIf = "what-if"

  /// Whether somebody decided the number, or nobody has to.
  package var isFirm: Bool {
    switch self {
    case .explicit, .implied, .declared, .whatIf: true
    case .default, .placeholder, .assumed: false
    }
  }

  init(_ provenance: Provenance) {
    switch provenance {
    case .explicit, .clamped, .inherited: self = .explicit
    case .default, .unknown: self = .default
    case .placeholder: self = .placeholder
    }
  }
}

/// One number that a comparison is made of, with the line it comes from.
package struct Input: Sendable, Hashable {
  /// As `--set` names it: `auth.max_size`.
  package let name: String
  /// Infinite for a count or a time without bound; `nil` where the files don't say it.
  package let value: Double?
  /// Why there is no value; no full stop.
  package let reason: String?
  package let basis: Basis
  /// The line behind it, where there is one.
  package let setting: Setting?

  package init(
    _ name: String, _ value: Double?, basis: Basis, setting: Setting? = nil, reason: String? = nil
  ) {
    self.name = name
    self.value = value
    self.basis = basis
    self.setting = setting
    self.reason = value == nil ? reason ?? "\(name) cannot be known" : nil
  }

  /// A number that cannot be known.
  package static func unknown(_ name: String, _ reason: String, setting: Setting? = nil) -> Input {
    Input(name, nil, basis: .default, setting: setting, reason: reason)
  }

  /// Bytes as megabytes, to the thousandth: what people see in a sum is what was added.
  var megabytes: Input {
    let rounded = value.map { ($0 / 1_048_576 * 1_000).rounded(.up) / 1_000 }
    return Input(name, rounded, basis: basis, setting: setting, reason: reason)
  }
}

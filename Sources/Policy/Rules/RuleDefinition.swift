package import Findings
package import Model

/// One condition with its explanation: what a rule file says, free of YAML.
///
/// The built-in rules are values of this type written as Swift when Headgate is built, so that
/// start-up parses nothing.
package struct RuleDefinition: Sendable, Hashable {
  /// The name, from the file's place: `policies/pool/size-below-minimum.yaml` is
  /// `pool/size-below-minimum`.
  package let id: String
  /// A short code for people who come from a table of checks: `POOL001`.
  package let code: String?
  /// Further codes of the same table that it answers for: `PGB006`.
  package let aliases: [String]
  package let title: String
  package let severity: Severity
  /// When its findings count less; `nil` where never.
  package let downgrade: RuleDowngrade?
  /// The kind of resource it is evaluated for, and the name of the variable in its expressions.
  package let kind: Kind
  /// The names of the directives it looks at; empty for every kind but `directive`.
  package let directives: [String]
  /// The packs that bring it: it is on where one of them is chosen.
  package let packs: [Pack]
  /// The products it is about; empty for every product.
  package let products: [ProductRequirement]
  /// The CEL condition under which it applies; `nil` for always.
  package let when: String?
  /// The CEL condition that holds where all is well.
  package let require: String
  package let parameters: [RuleParameter]
  /// What to underline, as `kind.field` or `kind`: the first that is written in a file.
  package let at: [FieldPath]
  /// Other settings that belong to the finding.
  package let related: [FieldPath]
  /// The message, with CEL expressions in `{{` and `}}`.
  package let message: String
  package let fix: RuleFix?
  /// Whether a finding of it is dropped where a rule at least as severe reports the same place.
  package let givesWay: Bool
  /// The reason, for people who are new to the matter.
  package let why: String
  /// Cases that it is known to miss.
  package let limits: String?
  /// Where the facts come from: addresses.
  package let references: [String]
  /// Files in which it must find something.
  package let bad: [RuleExample]
  /// Files in which it must find nothing.
  package let good: [RuleExample]
  /// Where it comes from.
  package var source = RuleSource.builtIn
  /// Whether it takes the place of an earlier rule of the same name.
  package var overrides = false

  package init(
    id: String, code: String?, aliases: [String] = [], title: String, severity: Severity,
    downgrade: RuleDowngrade? = nil, kind: Kind,
    directives: [String] = [], packs: [Pack] = [.recommended], products: [ProductRequirement],
    when: String?, require: String, parameters: [RuleParameter],
    at: [FieldPath], related: [FieldPath], message: String, fix: RuleFix?, givesWay: Bool,
    why: String, limits: String?, references: [String], bad: [RuleExample], good: [RuleExample]
  ) {
    self.id = id
    self.code = code
    self.aliases = aliases
    self.title = title
    self.severity = severity
    self.downgrade = downgrade
    self.kind = kind
    self.directives = directives
    self.packs = packs
    self.products = products
    self.when = when
    self.require = require
    self.parameters = parameters
    self.at = at
    self.related = related
    self.message = message
    self.fix = fix
    self.givesWay = givesWay
    self.why = why
    self.limits = limits
    self.references = references
    self.bad = bad
    self.good = good
  }

  /// The bytes that decide verdicts, for the policy's digest: explanations and examples are left
  /// out.
  package var verdictText: String {
    var text = ""
    addVerdict(to: &text)
    return text
  }

  /// Appends ``verdictText``: every check needs those of all rules, so none of them is joined
  /// from lines first.
  func addVerdict(to text: inout String) {
    var separator = ""
    func add(_ line: String) {
      text += separator
      text += String(line.utf8.count)
      text += ":"
      text += line
      separator = "\n"
    }
    for line in [id, severity.rawValue, kind.rawValue, when ?? "", require, message] { add(line) }
    for directive in directives { add(directive) }
    for product in products { add(product.description) }
    for path in at { add(path.description) }
    for parameter in parameters {
      let value = parameter.defaultValue?.description ?? "none"
      add(parameter.name + ":" + parameter.type.rawValue + "=" + value)
    }
    if let downgrade {
      add(downgrade.severity.rawValue)
      add(downgrade.when)
    }
    if let fix {
      add(fix.set?.description ?? "")
      add(fix.to ?? "")
      add(fix.safety.rawValue)
    }
  }
}

/// A field of the rule's resource, or the resource itself.
package struct FieldPath: Sendable, Hashable, CustomStringConvertible {
  /// The kind's name, which is the variable's name.
  package let root: String
  /// `nil` for the resource itself.
  package let field: String?

  package init(root: String, field: String? = nil) {
    self.root = root
    self.field = field
  }

  /// Reads `pool.max_size` or `pool`.
  package init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && !$0.contains(" ") }) else {
      return nil
    }
    self.init(root: String(parts[0]), field: parts.count == 2 ? String(parts[1]) : nil)
  }

  package var description: String { field.map { "\(root).\($0)" } ?? root }
}

/// A condition under which findings of a rule count less.
package struct RuleDowngrade: Sendable, Hashable {
  /// The CEL condition.
  package let when: String
  package let severity: Severity

  package init(when: String, severity: Severity) {
    self.when = when
    self.severity = severity
  }
}

/// How a finding can be repaired.
package struct RuleFix: Sendable, Hashable {
  /// The setting to write.
  package let set: FieldPath?
  /// The CEL expression of its new value.
  package let to: String?
  package let safety: Fix.Safety
  /// What to do in words, with `{{…}}`; shown where the edit cannot be made, or alone.
  package let text: String?

  package init(set: FieldPath?, to: String?, safety: Fix.Safety, text: String?) {
    self.set = set
    self.to = to
    self.safety = safety
    self.text = text
  }
}

import Model
import Syntax

extension PoolProduct {
  /// psycopg's pool, whose options are also Django's `OPTIONS["pool"]`; run on 3.3.3.
  static let psycopgPool = PoolProduct(
    "psycopg-pool", title: "psycopg_pool", version: Version(3, 3, 3), unknownKeys: .refused,
    keys: [
      PoolKey("conninfo", .text), PoolKey("name", .text), PoolKey("open", .bool),
      PoolKey("min_size", .count, .int(4), field: "min_idle"),
      PoolKey("max_size", .count, .int(4), field: "max_size"),
      PoolKey("timeout", .fraction(.second), .double(30), field: "acquire_timeout"),
      PoolKey("max_waiting", .count, .int(0), zero: .unlimited, negative: .unlimited),
      PoolKey("max_lifetime", .fraction(.second), .double(3_600), field: "max_lifetime"),
      PoolKey("max_idle", .fraction(.second), .double(600), field: "idle_timeout"),
      PoolKey("reconnect_timeout", .fraction(.second), .double(300)),
      PoolKey("num_workers", .count, .int(3)),
    ],
    adjust: { draft in
      if let workers = draft.number("num_workers"), workers < 1 {
        draft.refuse("num_workers", "num_workers must be at least 1")
      }
      guard let least = draft.number("min_size") else {
        if !draft.isWritten("max_size") { draft.forget("max_size", because: "min_size") }
        return
      }
      if least < 0 { return draft.refuse("min_size", "min_size cannot be negative") }
      draft.follow("max_size", .int(least))
      guard let most = draft.number("max_size") else { return }
      if most < least {
        draft.refuse("max_size", "max_size must be greater or equal than min_size, here \(least)")
      } else if most == 0 {
        draft.refuse(
          draft.isWritten("max_size") ? "max_size" : "min_size",
          "if min_size is 0 max_size must be greater than 0")
      }
    })
}

extension Technology {
  /// psycopg_pool's options as JSON; most applications give them in code.
  package static let psycopgPool = Technology(
    name: "psycopg-pool", title: "psycopg_pool", defaultVersion: PoolProduct.psycopgPool.version,
    recognises: { PsycopgFile.recognise($0) },
    read: { source, context in PsycopgFile(source, context).reading },
    reference: {
      TechnologyReference(
        files: "JSON files named `pool.json` or `*psycopg*.json` that hold the arguments of "
          + "`ConnectionPool`. Settings of Django are code and are not read.",
        notes: [
          "`max_size` is `min_size` where it is not written; below the default 4 of `min_size` "
            + "it is refused."
        ],
        keys: PoolProduct.psycopgPool.keys.map { $0.reference() })
    })
}

/// The arguments of a `ConnectionPool` as one JSON object.
struct PsycopgFile {
  private let file: PoolFile
  private let document: JSONDocument

  init(_ source: SourceText, _ context: ReadingContext) {
    file = PoolFile(source, context)
    document = JSONDocument(source)
  }

  static func recognise(_ candidate: FileCandidate) -> Recognition {
    let name = candidate.name.lowercased()
    let isNamed = name.contains("psycopg")
    guard name.hasSuffix(".json"), isNamed || name == "pool.json" else { return .no }
    let root = JSONDocument(SourceText(path: candidate.path, bytes: candidate.head)).root
    let keys = Set(root?.members.map(\.name) ?? [])
    guard isNamed else { return keys.isDisjoint(with: telling) ? .no : .byContent }
    return keys.isDisjoint(with: telling.union(["min_size", "max_size"])) ? .no : .byName
  }

  /// Options that no other pool of Python has; asyncpg's sizes have the same names.
  private static let telling: Set<String> = [
    "max_waiting", "reconnect_timeout", "num_workers", "max_idle",
  ]

  var reading: Reading {
    let product = PoolProduct.psycopgPool
    let members = document.root?.members ?? []
    let inputs = members.compactMap { member -> PoolInput? in
      // `None` is the default of every option.
      if case .null = member.value.content { return nil }
      return PoolInput(
        key: member.name, written: file.source.text(member.value.range),
        origin: file.origin(member.value.range),
        value: Self.value(member.value, product.key(named: member.name)?.kind))
    }
    let address = members.last { $0.name == "conninfo" }?.value.json.stringValue ?? ""
    let settings = product.settings(inputs, version: file.version(product))
    let range = members.first?.nameRange ?? document.root.map { $0.range } ?? 0..<0
    let pool = file.pool(
      product, members.last { $0.name == "name" }?.value.json.stringValue ?? "psycopg_pool",
      at: range, settings: settings, facts: DatabaseTarget.facts(address))
    return Reading(
      resources: [pool], problems: file.problems(document.errors), sources: [file.source])
  }

  private static func value(_ node: JSONNode, _ kind: PoolKey.Kind?) -> PoolInput.Value {
    switch (node.json, kind) {
    case (.string(let text), .count), (.string(let text), .fraction):
      if ConfigurationText.isTemplate(text) { return .unknown(ConfigurationText.templateNote) }
      return .refused("'<' not supported between instances of 'str' and 'int'")
    case (.int(let number), _): return .int(number)
    case (.double(let number), .fraction): return .text(String(number))
    case (.bool(let flag), _): return .bool(flag)
    case (.string(let text), _): return .text(text)
    default: return .text(node.json.text())
    }
  }
}

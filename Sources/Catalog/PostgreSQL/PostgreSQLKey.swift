import Model

/// One key of postgresql.conf: a row of the tables beside this file.
struct PostgreSQLKey {
  enum Kind: Sendable { case bool, int, real, word, text }

  /// As `pg_settings` spells it.
  let name: String
  let kind: Kind
  /// The default in the base unit; `nil` where the build decides.
  let standard: String?
  let range: ClosedRange<Double>
  let unit: Unit
  /// The accepted words; empty where they depend on the platform.
  let words: [String]
  /// The first and the last major version that has the key.
  let versions: ClosedRange<Int>

  /// Every key of the known versions, in the order of `SHOW ALL`.
  static let all: [PostgreSQLKey] = [connectionKeys, resourceKeys, queryKeys]
    .flatMap { $0.split(separator: "\n") }
    .compactMap(PostgreSQLKey.init(row:))
    .map { (key: $0, order: $0.name.lowercased()) }
    .sorted { $0.order < $1.order }
    .map(\.key)

  /// Positions in `all` by lower-case name; the server ignores the case of keys.
  static let positions = Dictionary(
    all.enumerated().map { ($1.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })

  /// The key that `name` means in `version`, old spellings included.
  static func position(of name: String, in version: Version) -> Int? {
    let lower = name.lowercased()
    if let renamed = renames[lower], renamed.since <= version.major {
      return positions[renamed.name.lowercased()]
    }
    return positions[lower]
  }

  /// Keys that can be shown but not set.
  static let fixedNames: Set<String> = [
    "block_size", "data_checksums", "data_directory_mode", "debug_assertions", "huge_pages_status",
    "in_hot_standby", "integer_datetimes", "lc_collate", "lc_ctype", "max_function_args",
    "max_identifier_length", "max_index_keys", "num_os_semaphores", "segment_size",
    "server_encoding", "server_version", "server_version_num", "shared_memory_size",
    "shared_memory_size_in_huge_pages", "ssl_library", "wal_block_size", "wal_segment_size",
  ]

  /// Old spellings that the server still takes, from the version on that renamed them.
  private static let renames: [String: (name: String, since: Int)] = [
    "sort_mem": ("work_mem", 0), "vacuum_mem": ("maintenance_work_mem", 0),
    "force_parallel_mode": ("debug_parallel_query", 16), "ssl_ecdh_curve": ("ssl_groups", 18),
  ]

  /// Defaults that other versions have: up to and including the version named.
  private static let earlier: [String: (through: Int, standard: String)] = [
    "checkpoint_completion_target": (13, "0.5"), "hash_mem_multiplier": (14, "1"),
    "log_autovacuum_min_duration": (14, "-1"), "log_checkpoints": (14, "off"),
    "password_encryption": (13, "md5"), "vacuum_cost_page_miss": (13, "10"),
  ]

  /// Defaults that later versions have: from the version named on.
  private static let later: [String: (since: Int, standard: String)] = [
    "effective_io_concurrency": (18, "16"), "maintenance_io_concurrency": (18, "16"),
    "vacuum_buffer_usage_limit": (17, "2048"),
  ]

  /// The default that `version` has.
  func standard(in version: Version) -> String? {
    if let later = Self.later[name], version.major >= later.since { return later.standard }
    if let earlier = Self.earlier[name], version.major <= earlier.through {
      return earlier.standard
    }
    return standard
  }

  /// The key as `version` has it, where a later version changed its kind or range.
  func adapted(to version: Version) -> PostgreSQLKey {
    switch name {
    case "log_connections" where version.major >= 18:
      PostgreSQLKey(self, kind: .text, standard: "", range: range)
    case "log_rotation_size" where version.major >= 17:
      PostgreSQLKey(self, kind: kind, standard: standard, range: 0...2_147_483_647)
    case "maintenance_work_mem" where version.major >= 17:
      PostgreSQLKey(self, kind: kind, standard: standard, range: 64...2_147_483_647)
    default: self
    }
  }

  private init(
    _ key: PostgreSQLKey, kind: Kind, standard: String?, range: ClosedRange<Double>
  ) {
    name = key.name
    self.kind = kind
    self.standard = standard
    self.range = range
    unit = key.unit
    words = key.words
    versions = key.versions
  }

  /// Reads `name | type | default | range | unit or words | versions`; `nil` for headings.
  private init?(row: Substring) {
    guard row.utf8.first != UInt8(ascii: "#") else { return nil }
    var fields = row.split(separator: "|", omittingEmptySubsequences: false)
      .map { String(trimmed($0)) }
    while fields.count < 6 { fields.append("") }
    name = fields[0]
    switch fields[1] {
    case "bool": kind = .bool
    case "int": kind = .int
    case "real": kind = .real
    case "enum": kind = .word
    default: kind = .text
    }
    var standard = fields[2]
    if standard.hasPrefix("\""), standard.hasSuffix("\""), standard.utf8.count > 1 {
      standard = String(standard.dropFirst().dropLast())
    }
    self.standard = standard == "?" ? nil : standard
    range = Self.bounds(fields[3])
    unit = kind == .word ? .none : Unit(rawValue: fields[4]) ?? .none
    words = kind == .word ? Self.words(fields[4]) : []
    versions = Self.versions(fields[5])
  }

  private static func bounds(_ text: String) -> ClosedRange<Double> {
    let everything = -Double.infinity...Double.infinity
    guard let dots = text.utf8.indices.first(where: { text[$0...].hasPrefix("..") }),
      let lower = Double(text[..<dots]), let upper = Double(text[dots...].dropFirst(2)),
      lower <= upper
    else { return everything }
    return lower...upper
  }

  private static func versions(_ text: String) -> ClosedRange<Int> {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return 0...Int.max }
    return (Int(parts[0]) ?? 0)...(Int(parts[1]) ?? .max)
  }

  private static func words(_ text: String) -> [String] {
    text.split(separator: ",").flatMap { word -> [String] in
      switch word {
      case "@client":
        ["debug5", "debug4", "debug3", "debug2", "debug1", "log", "notice", "warning", "error"]
      case "@server":
        [
          "debug5", "debug4", "debug3", "debug2", "debug1", "info", "notice", "warning", "error",
          "log", "fatal", "panic",
        ]
      case "@isolation":
        ["serializable", "repeatable read", "read committed", "read uncommitted"]
      default: [String(word)]
      }
    }
  }
}

private func trimmed(_ text: Substring) -> Substring {
  var text = text
  while text.utf8.first == 0x20 { text = text.dropFirst() }
  while text.utf8.last == 0x20 { text = text.dropLast() }
  return text
}

extension Version {
  /// The first number, by which PostgreSQL counts its versions.
  var major: Int { parts.first ?? 0 }
}

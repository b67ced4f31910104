import Model
import Syntax

extension Technology {
  /// Addresses of databases in files of environment variables.
  package static let environmentFile = Technology(
    name: "database-url", title: "Database address", defaultVersion: Version(1),
    recognises: { EnvironmentFile.recognise($0) },
    read: { source, context in EnvironmentFile(source, context).reading },
    reference: {
      TechnologyReference(
        files: "`.env`, `.env.production`, `*.env`: variables whose value is the address of an "
          + "SQL database. Samples such as `.env.example` are not read.",
        notes: [
          "Parameters decide whose pool it is: `connection_limit` and `schema` are Prisma's, "
            + "`pool_max_conns` is pgx's. Any other program sizes its pool in code.",
          "`?conn_max_age=` of Django and `?pool_size=` of SQLAlchemy reach the driver only.",
          "`${NAME}` is filled in from the same file; `DIRECT_…` and `SHADOW_…` are for "
            + "migrations, `SPRING_…`, `QUARKUS_…`, `MICRONAUT_…` and `AIRFLOW__…` override a "
            + "file of their own: they are not counted here.",
          "`ConnectionStrings__NAME` is read as a connection string of .NET.",
        ],
        keys: PoolProduct.databaseURL.keys.map { $0.reference() })
    })

  /// pgx's pool, in addresses.
  package static let pgxpool = Technology(
    name: "pgxpool", title: "pgxpool", defaultVersion: PoolProduct.pgxpool.version,
    recognises: { _ in .no },
    read: { source, context in EnvironmentFile(source, context).reading },
    reference: {
      TechnologyReference(
        files: "Addresses with parameters that begin with `pool_`, in `.env` and the like.",
        notes: ["Without `pool_max_conns` it is the number of processors, at least 4."],
        keys: PoolProduct.pgxpool.keys.map { $0.reference() })
    })
}

/// One file of environment variables.
struct EnvironmentFile {
  private let file: PoolFile
  private let document: DotEnvDocument
  /// The last entry of each name.
  private let last: [String: Int]

  init(_ source: SourceText, _ context: ReadingContext) {
    file = PoolFile(source, context)
    let document = DotEnvDocument(source)
    self.document = document
    last = Dictionary(
      document.entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { $1 })
  }

  /// The variable of a name.
  subscript(name: String) -> DotEnvEntry? { last[name].map { document.entries[$0] } }

  /// `.env` and its like that hold an address of a database or a connection string.
  static func recognise(_ candidate: FileCandidate) -> Recognition {
    let name = candidate.name.lowercased()
    guard name == ".env" || name.hasPrefix(".env.") || name.hasSuffix(".env") else { return .no }
    guard samples.isDisjoint(with: name.split(separator: ".")) else { return .no }
    let document = DotEnvDocument(SourceText(path: candidate.path, bytes: candidate.head))
    let isOwn = document.entries.contains {
      isAddress($0.value, of: $0.name) || DotNetStrings.isVariable($0.name)
    }
    return isOwn ? .byContent : .no
  }

  private static let samples: Set<Substring> = [
    "example", "sample", "template", "dist", "tmpl", "tpl", "defaults",
  ]

  /// Whether a variable has the address of a pool of its own.
  static func isAddress(_ value: String, of name: String) -> Bool {
    DatabaseTarget.isAddress(value) && !others.contains(where: name.hasPrefix)
  }

  /// Beginnings of variables that are for migrations, and of those that override a key of a
  /// framework's own file: the pool is the one that stands there.
  private static let others = [
    "DIRECT_", "SHADOW_", "SPRING_", "QUARKUS_", "MICRONAUT_", "AIRFLOW__",
  ]

  var reading: Reading {
    let claimed = claimedByPrisma
    var pools: [any Resource] = []
    var problems = file.problems(document.errors)
    var strings = DotNetStrings(file, environment: environment)
    for (index, entry) in document.entries.enumerated() where last[entry.name] == index {
      if DotNetStrings.isVariable(entry.name) {
        strings.add(
          entry.name.split(separator: "_").last.map(String.init) ?? entry.name,
          MappedText(plain: file.source, entry.valueRange), provider: nil)
      }
      // What the deployment gives the service wins over the file, and is a pool there.
      guard Self.isAddress(entry.value, of: entry.name), !claimed.contains(entry.name),
        file.context.workload?[entry.name] == nil
      else { continue }
      let pool = AddressPool(
        file, name: entry.name, address: value(of: entry), written: entry.valueRange)
      pools.append(pool.pool(environment: environment))
    }
    problems += strings.problems
    return Reading(resources: pools + strings.pools, problems: problems, sources: [file.source])
  }

  /// What the file's name says: `test` of `.env.test`.
  private var environment: String? {
    let name = FileCandidate(path: file.source.path, head: []).name
    return SpringEnvironment.environment(of: name)
  }

  /// References inside each other that are followed.
  private static let depthLimit = 8

  /// A value with `${NAME}` filled in from the same file, as far as it has the names.
  func value(of entry: DotEnvEntry) -> String {
    guard entry.expands else { return entry.value }
    var text = entry.value
    for _ in 0..<Self.depthLimit {
      guard let start = text.firstRange(of: "${") else { break }
      let rest = text[start.upperBound...]
      guard let close = rest.firstIndex(of: "}"), let other = self[String(rest[..<close])],
        text.utf8.count + other.value.utf8.count < FileCandidate.sniffLimit
      else { break }
      text = text[..<start.lowerBound] + other.value + rest[rest.index(after: close)...]
    }
    return text
  }

  /// The variables that a Prisma schema beside or below this file reads: their pools are its own.
  private var claimedByPrisma: Set<String> {
    let folder = ConfigurationText.directory(of: file.source.path)
    var names: Set<String> = []
    for path in file.context.companions where path.hasSuffix(".prisma") {
      let own = ConfigurationText.directory(of: path)
      guard own == folder || ConfigurationText.directory(of: own) == folder else { continue }
      // A schema that cannot be read is said where it is read as an entry.
      guard let schema = try? file.context.files.read(path) else { continue }
      names.formUnion(PrismaSchema(schema).sources.compactMap(\.variable))
    }
    return names
  }
}

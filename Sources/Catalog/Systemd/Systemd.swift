import Model
import Syntax

extension Technology {
  /// Services of systemd: the limits and the environment that a program gets.
  package static let systemd = Technology(
    name: "systemd", title: "systemd", defaultVersion: Version(252),
    recognises: { SystemdService.recognise($0) },
    read: { source, context in SystemdService(source, context).reading },
    reference: {
      TechnologyReference(
        files: "`*.service`, and `*.conf` below a folder `*.service.d`, that run a program known "
          + "here or limit open files.",
        notes: [
          "Files of `NAME.service.d` beside the unit are read over it.",
          "A pooler's or server's file belongs to the unit whose `ExecStart` names it, or to the "
            + "only unit that starts such a product; a program's file by its name, as in compose.",
          "On how many machines it runs no file says.",
        ],
        keys: [
          .init(
            "LimitNOFILE", value: "integer, SOFT:HARD or infinity", field: "file_limit",
            standard: "1024 (soft)"),
          .init("MemoryMax", value: "size", field: "memory_limit"),
          .init("Environment", value: "assignments"),
          .init("EnvironmentFile", value: "path"),
          .init("ExecStart", value: "command"),
        ])
    })
}

/// One service of systemd with the files that change it.
struct SystemdService {
  private var units: [SystemdUnit]
  private let context: ReadingContext

  /// Programs whose limits and environment matter here.
  private static let programs: Set<String> = [
    "pgbouncer", "postgres", "postmaster", "pg_ctl", "pg_ctlcluster", "mysqld", "mariadbd",
    "mysqld_safe", "nginx", "odyssey", "pgcat", "pgpool", "proxysql", "maxscale", "haproxy", "java",
    "gunicorn", "uvicorn", "puma", "sidekiq", "node", "dotnet", "bundle", "uwsgi",
  ]

  /// The products of programs that are one.
  private static let products = [
    "pgbouncer": "pgbouncer", "postgres": "postgresql", "postmaster": "postgresql",
    "pg_ctl": "postgresql", "pg_ctlcluster": "postgresql", "mysqld": "mysql",
    "mysqld_safe": "mysql", "mariadbd": "mariadb", "nginx": "nginx", "odyssey": "odyssey",
    "pgcat": "pgcat", "pgpool": "pgpool", "proxysql": "proxysql", "maxscale": "maxscale",
    "haproxy": "haproxy",
  ]

  static func recognise(_ candidate: FileCandidate) -> Recognition {
    let isPart =
      candidate.name.hasSuffix(".conf")
      && ConfigurationText.directory(of: candidate.path).hasSuffix(".service.d")
    guard candidate.name.hasSuffix(".service") || isPart else { return .no }
    let unit = SystemdUnit(SourceText(path: candidate.path, bytes: candidate.head))
    let isOwn = unit.entries.contains { entry in
      entry.key == "LimitNOFILE"
        || entry.key == "ExecStart" && program(entry.value).map(programs.contains) == true
    }
    return isOwn ? .byName : .no
  }

  /// The name of the program that a command line starts.
  private static func program(_ line: String) -> String? {
    CommandWords.split(line).first.map { word in
      let name = ConfigurationText.name(of: String(word.text.drop { "-@:+!|".contains($0) }))
      // `python3.11` and `java17` are what they begin with.
      return String(name.reversed().drop { $0.isNumber || $0 == "." || $0 == "-" }.reversed())
    }
  }

  init(_ source: SourceText, _ context: ReadingContext) {
    self.context = context
    units = [SystemdUnit(source)]
    guard source.path.hasSuffix(".service") else { return }
    let folder = source.path + ".d"
    for name in context.files.names(in: folder) where name.hasSuffix(".conf") {
      // A file that cannot be read is said where it is an entry of its own.
      guard let text = try? context.files.read("\(folder)/\(name)") else { continue }
      units.append(SystemdUnit(text))
    }
  }

  private var sources: [SourceText] { units.map(\.source) }

  var reading: Reading {
    let service = ServiceReference(deployment: sources[0].path, name: name)
    let variables = variables
    let start = entries("ExecStart").last
    let identity = ResourceIdentity(
      kind: .service, technology: Technology.systemd.name, version: nil, name: name,
      origin: start.map { Origin(path: $0.path, range: $0.entry.range) }
        ?? Origin(path: sources[0].path, range: 0..<0),
      environment: context.environment ?? "production",
      environmentIsDeclared: context.environment != nil, service: service)
    let resource = SettingsResource(
      identity: identity, settings: settings,
      facts: ["variables": .list(variables.map { .string($0.name) })])
    let command = start.map { CommandWords.split($0.entry.value) } ?? []
    let workload = Workload(
      service: service, resource: resource, variables: variables,
      command: command.enumerated().map { index, word in
        index == 0 ? String(word.text.drop { "-@:+!|".contains($0) }) : word.text
      },
      commandOrigins: command.map { _ in identity.origin },
      program: start.flatMap { Self.program($0.entry.value) }.flatMap { Self.products[$0] })
    let pools = EnvironmentPools(workload, sources: sources, context)
    return Reading(
      resources: [resource] + pools.resources, problems: pools.problems, sources: sources,
      included: sources.dropFirst().map(\.path), workloads: [workload])
  }

  private var name: String {
    let path = sources[0].path
    let file =
      path.hasSuffix(".service")
      ? ConfigurationText.name(of: path)
      : ConfigurationText.name(of: ConfigurationText.directory(of: path))
    let end = file.hasSuffix(".d") ? ".service.d" : ".service"
    return file.hasSuffix(end) ? String(file.dropLast(end.count)) : file
  }

  /// The entries of a key that count, in order, with the path of their file.
  private func entries(_ key: String) -> [(entry: SystemdUnit.Entry, path: String)] {
    var found: [(entry: SystemdUnit.Entry, path: String)] = []
    for unit in units {
      for entry in unit.entries where entry.key == key {
        if entry.value.isEmpty { found = [] } else { found.append((entry, unit.source.path)) }
      }
    }
    return found
  }

  private var settings: [Setting] {
    var settings: [Setting] = []
    if let (entry, path) = entries("LimitNOFILE").last {
      let soft = entry.value.split(separator: ":").first.map(String.init) ?? entry.value
      let number = Int64(soft)
      let isEndless = soft == "infinity"
      settings.append(
        Setting(
          key: entry.key, field: "file_limit", written: entry.value,
          effective: isEndless ? .int(.max) : number.map(Scalar.int),
          meaning: isEndless ? .unlimited : nil,
          provenance: number == nil && !isEndless ? .unknown : .explicit,
          origin: Origin(path: path, range: entry.range),
          note: number == nil && !isEndless ? "\"\(soft)\" is not a whole number" : nil))
    } else {
      // Source: systemd's DefaultLimitNOFILE, `1024:524288` since 240.
      settings.append(
        Setting(
          key: "LimitNOFILE", field: "file_limit", effective: .int(1_024), provenance: .default))
    }
    if let (entry, path) = entries("MemoryMax").last {
      let bytes = Self.bytes(entry.value)
      settings.append(
        Setting(
          key: entry.key, field: "memory_limit", written: entry.value,
          effective: bytes.map(Scalar.int), unit: .byte,
          provenance: bytes == nil ? .unknown : .explicit,
          origin: Origin(path: path, range: entry.range),
          note: bytes == nil ? "\"\(entry.value)\" is no size" : nil))
    }
    return settings
  }

  /// A size of systemd: bytes, or a number with K, M, G or T to the base 1024.
  private static func bytes(_ text: String) -> Int64? {
    guard let last = text.last else { return nil }
    let factors: [Character: Int64] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40]
    guard let factor = factors[last] else { return Int64(text) }
    return Int64(text.dropLast()).flatMap { number in
      let (product, overflow) = number.multipliedReportingOverflow(by: factor)
      return overflow ? nil : product
    }
  }

  private var variables: [EnvironmentVariable] {
    entries("Environment").flatMap { entry, path in
      CommandWords.split(entry.value).compactMap { word -> EnvironmentVariable? in
        guard let equals = word.text.firstIndex(of: "=") else { return nil }
        let value = String(word.text[word.text.index(after: equals)...])
        return EnvironmentVariable(
          name: String(word.text[..<equals]), value: value,
          origin: Origin(path: path, range: place(of: value, in: entry, path)))
      }
    }
  }

  /// The bytes of a value, or the whole line's where it does not stand there as it is.
  private func place(
    of value: String, in entry: SystemdUnit.Entry, _ path: String
  ) -> Range<Int> {
    guard let source = sources.first(where: { $0.path == path }), !value.isEmpty else {
      return entry.range
    }
    let line = source.text(entry.range)
    guard let found = line.firstRange(of: value) else { return entry.range }
    let start =
      entry.range.lowerBound + line.utf8.distance(from: line.utf8.startIndex, to: found.lowerBound)
    let end = start + value.utf8.count
    return end <= entry.range.upperBound ? start..<end : entry.range
  }
}

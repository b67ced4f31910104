import Model
import Syntax

extension Technology {
  /// Prisma in `schema.prisma`, whose address most often comes from a `.env` beside it.
  package static let prisma = Technology(
    name: "prisma", title: "Prisma", defaultVersion: PoolProduct.prisma.version,
    recognises: { candidate in
      guard candidate.name.hasSuffix(".prisma") else { return .no }
      let schema = PrismaSchema(SourceText(path: candidate.path, bytes: candidate.head))
      return schema.sources.isEmpty ? .no : .byName
    },
    read: { source, context in PrismaFile(source, context).reading },
    reference: {
      TechnologyReference(
        files: "`schema.prisma`: each `datasource` of a networked SQL database; `env(\"NAME\")` is "
          + "looked up in `.env` beside it or in the folder above.",
        notes: [
          "Without `connection_limit` it is twice the number of physical processors and one.",
          "From 7 on driver adapters size the pool and these parameters do not.",
          "An address of SQL Server has another form, which is not read.",
        ],
        keys: PoolProduct.prisma.keys.map { $0.reference() })
    })
}

/// The data sources of a Prisma schema.
struct PrismaSchema {
  struct Source {
    let name: String
    let nameRange: Range<Int>
    var provider = ""
    /// The address in quotes, where it is written here.
    var address: (text: String, range: Range<Int>)?
    /// `NAME` of `env("NAME")`.
    var variable: String?
  }

  private(set) var sources: [Source] = []

  init(_ text: SourceText) {
    var offset = 0
    var current: Source?
    for line in text.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      defer { offset += line.count + 1 }
      let words = Self.words(line)
      if words.first?.text == "datasource", words.count > 1, current == nil {
        current = Source(name: words[1].text, nameRange: words[1].range)
      } else if words.first?.text == "}" {
        if let current { sources.append(current) }
        current = nil
      } else if words.count > 2, words[1].text == "=" {
        current?.take(words[0].text, Array(words.dropFirst(2)))
      }
    }
  }

  fileprivate struct Word {
    let text: String
    let range: Range<Int>
    let isQuoted: Bool
  }

  /// The words of a line without its comment: names, signs and quoted texts.
  private static func words(_ line: ArraySlice<UInt8>) -> [Word] {
    var words: [Word] = []
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      if byte == 0x20 || byte == 0x09 || byte == 0x0D {
        index += 1
      } else if byte == UInt8(ascii: "/"), line[index...].starts(with: "//".utf8) {
        break
      } else if byte == UInt8(ascii: "\"") {
        let start = index + 1
        let end = line[start...].firstIndex(of: byte) ?? line.endIndex
        words.append(
          Word(
            text: String(decoding: line[start..<end], as: UTF8.self), range: start..<end,
            isQuoted: true))
        index = min(end + 1, line.endIndex)
      } else {
        let isSign = "={}()".utf8.contains(byte)
        let end =
          isSign
          ? index + 1
          : line[index...].firstIndex { " \t\r\"={}()".utf8.contains($0) } ?? line.endIndex
        words.append(
          Word(
            text: String(decoding: line[index..<end], as: UTF8.self), range: index..<end,
            isQuoted: false))
        index = end
      }
    }
    return words
  }
}

extension PrismaSchema.Source {
  fileprivate mutating func take(_ key: String, _ words: [PrismaSchema.Word]) {
    guard let first = words.first else { return }
    switch key {
    case "provider": provider = first.text
    case "url" where first.isQuoted: address = (first.text, first.range)
    case "url" where first.text == "env": variable = words.first { $0.isQuoted }?.text
    default: break
    }
  }
}

/// One schema as an entry.
struct PrismaFile {
  private let file: PoolFile
  private let schema: PrismaSchema

  init(_ source: SourceText, _ context: ReadingContext) {
    file = PoolFile(source, context)
    schema = PrismaSchema(source)
  }

  private static let providers: Set<String> = [
    "postgresql", "postgres", "mysql", "cockroachdb", "sqlserver",
  ]

  var reading: Reading {
    var sources = [file.source]
    var pools: [any Resource] = []
    var problems: [Problem] = []
    for source in schema.sources where Self.providers.contains(source.provider) {
      if source.provider == "sqlserver" {
        problems.append(
          file.problem(
            .unknown, source.nameRange, "Prisma's form of an address of SQL Server is not read"))
      } else if let address = source.address {
        guard DatabaseTarget.isAddress(address.text) else { continue }
        let pool = AddressPool(
          file, name: source.name, address: address.text, written: address.range)
        pools.append(pool.pool(of: product))
      } else if let variable = source.variable, let found = lookUp(variable) {
        sources.append(found.file.source)
        // Accelerate and the like: the pool is a service's.
        guard DatabaseTarget.isAddress(found.address) else { continue }
        let pool = AddressPool(
          found.file, name: source.name, address: found.address, written: found.range)
        pools.append(pool.pool(of: product))
      } else {
        pools.append(hidden(source))
      }
    }
    return Reading(resources: pools, problems: problems, sources: sources, included: [])
  }

  private var product: PoolProduct {
    file.version(.prisma) >= Version(7) ? .prisma(hiddenBy: "the driver adapter") : .prisma
  }

  /// A variable of `.env` beside the schema or in the folder above, as Prisma looks for it.
  private func lookUp(
    _ variable: String
  ) -> (file: PoolFile, address: String, range: Range<Int>)? {
    if let given = file.context.workload?[variable] {
      // The deployment's own file was read before this one.
      guard let address = given.value ?? given.template,
        let source = try? file.context.files.read(given.origin.path)
      else { return nil }
      return (PoolFile(source, file.context), address, given.origin.range)
    }
    let folder = ConfigurationText.directory(of: file.source.path)
    for path in [".env", "../.env"].map({ ConfigurationText.resolve($0, in: folder) }) {
      // A missing file is ordinary: the variable then comes from the environment.
      guard let source = try? file.context.files.read(path) else { continue }
      let environment = EnvironmentFile(source, file.context)
      guard let entry = environment[variable], !entry.value.isEmpty else { continue }
      return (PoolFile(source, file.context), environment.value(of: entry), entry.valueRange)
    }
    return nil
  }

  private func hidden(_ source: PrismaSchema.Source) -> SettingsResource {
    let unknown = FieldValue.unknown("no file says the address")
    let product = PoolProduct.prisma(
      hiddenBy: source.variable.map { "the variable \($0)" } ?? "the address")
    return file.pool(
      product, source.name, at: source.nameRange,
      settings: product.settings([], version: file.version(product)),
      facts: ["target_host": unknown, "target_port": unknown, "target_database": unknown])
  }
}

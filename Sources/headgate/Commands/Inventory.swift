import ArgumentParser
import Catalog
import Findings
import Review
import Syntax

extension Headgate {
  struct Inventory: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "inventory",
      abstract: "Documents every resource with written and effective values.",
      discussion: """
        Examples:
          headgate inventory                      this folder: what is written, what runs otherwise
          headgate inventory --format markdown > docs/inventory.md
                                                  a document to commit
          headgate inventory --check docs/inventory.md
                                                  in CI: fails when the document is stale
          headgate inventory app.yml --format json --product hikaricp=6.0.0
          headgate inventory --uri /login --host auth.example.org --key proxy_read_timeout
                                                  what nginx gives this request, and which line
                                                  says so
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown, csv }

    enum Scheme: String, ExpressibleByArgument, CaseIterable { case http, https }

    @Argument(help: "Files or folders; this folder where none is given.")
    var paths: [String] = []

    @Option(help: "text, json, markdown or csv.")
    var format: Format = .text

    @Option(
      help: ArgumentHelp(
        "Compare with a committed inventory, Markdown unless its name ends in .csv, .json or .txt.",
        valueName: "file"))
    var check: String?

    @Flag(help: "List defaults that nobody wrote, too.")
    var all = false

    @Option(
      name: .customLong("key"),
      help: ArgumentHelp("Show only this setting; can be repeated.", valueName: "name"))
    var keys: [String] = []

    @Option(
      help: "Show what nginx does with a request for this path or address (https://host/path).")
    var uri: String?

    @Option(help: "With --uri: the host that is asked for.")
    var host: String?

    @Option(help: "With --uri: the port that the connection is made to.")
    var port: Int?

    @Option(
      help: ArgumentHelp(
        "With --uri: the address that the connection is made to, as in listen.",
        valueName: "address"))
    var listen: String?

    @Option(help: "With --uri: http or https.")
    var scheme: Scheme?

    @OptionGroup var products: ProductOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if uri == nil, host != nil || port != nil || listen != nil || scheme != nil {
        throw ValidationError("--host, --port, --listen and --scheme need --uri")
      }
      if uri != nil, format == .markdown || format == .csv {
        throw ValidationError("--uri has the formats text and json")
      }
      if uri != nil, check != nil { throw ValidationError("--check compares whole inventories") }
      if let port, !(1...65_535).contains(port) {
        throw ValidationError("--port takes a number from 1 to 65535")
      }
    }

    func run() throws {
      let folder = try common.folder()
      let project = try products.project(in: folder)
      let collection = project.collector.collect(try WorkTree(folder).workspaces(paths))
      if let uri {
        try show(uri, collection)
      } else {
        let inventory = InventoryDocument(readings: collection.readings, keys: keys, all: all)
        if let check {
          try Unread.say(collection)
          return try compare(inventory, with: check)
        }
        Output.write(text(of: inventory, as: format))
      }
      try Unread.say(collection)
    }

    private func text(of inventory: InventoryDocument, as format: Format) -> String {
      switch format {
      case .text: inventory.text(all: all || !keys.isEmpty)
      case .json: inventory.json.text(.pretty) + "\n"
      case .markdown: inventory.markdown
      case .csv: inventory.csv
      }
    }

    /// Says what a committed document no longer tells; an inventory with unread files is none.
    private func compare(_ inventory: InventoryDocument, with path: String) throws {
      let formats: [(String, Format)] = [(".csv", .csv), (".json", .json), (".txt", .text)]
      let format = formats.first { path.hasSuffix($0.0) }?.1 ?? .markdown
      let comparison = InventoryComparison(
        committed: String(decoding: try WorkTree.readFile(path).bytes, as: UTF8.self),
        current: text(of: inventory, as: format))
      guard !comparison.isCurrent else { return }
      Output.write(comparison.text())
      Output.error(
        "\(path) is stale", help: "headgate inventory --format \(format.rawValue) > \(path)")
      throw Exit.findings
    }

    private func show(_ uri: String, _ collection: Collection) throws {
      let request = NginxRequest(
        uri: uri, host: host, address: listen, port: port, isTLS: scheme.map { $0 == .https })
      let inventory = RequestInventory(
        request, readings: collection.readings, keys: keys, all: all)
      switch format {
      case .json: Output.write(inventory.json.text(.pretty) + "\n")
      case .text, .markdown, .csv: Output.write(inventory.text)
      }
      if let problem = inventory.problem {
        try Unread.say(collection)
        throw problem
      }
    }
  }
}

/// What a command says of files that it could not read.
enum Unread {
  static func say(_ collection: Collection) throws {
    for skipped in collection.skipped {
      Output.error("\(skipped.path): \(skipped.reason)")
    }
    let broken = collection.brokenFiles
    for file in broken { Output.error("\(file.path): \(file.reason)") }
    if collection.readings.isEmpty {
      throw Failure(
        "no configuration file was found",
        help: "name a file, or see `headgate check --help` for what is recognised")
    }
    if !collection.skipped.isEmpty || !broken.isEmpty { throw Exit.couldNotRun }
  }
}

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
          headgate inventory --format markdown    a document to commit
          headgate inventory app.yml --format json --product hikaricp=6.0.0
          headgate inventory --uri /login --host auth.example.org --key proxy_read_timeout
                                                  what nginx gives this request, and which line
                                                  says so
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown }

    enum Scheme: String, ExpressibleByArgument, CaseIterable { case http, https }

    @Argument(help: "Files or folders; this folder where none is given.")
    var paths: [String] = []

    @Option(help: "text, json or markdown.")
    var format: Format = .text

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
      if uri != nil, format == .markdown {
        throw ValidationError("--uri has the formats text and json")
      }
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
        switch format {
        case .text: Output.write(inventory.text(all: all || !keys.isEmpty))
        case .json: Output.write(inventory.json.text(.pretty) + "\n")
        case .markdown: Output.write(inventory.markdown)
        }
      }
      try Unread.say(collection)
    }

    private func show(_ uri: String, _ collection: Collection) throws {
      let request = NginxRequest(
        uri: uri, host: host, address: listen, port: port, isTLS: scheme.map { $0 == .https })
      let inventory = RequestInventory(
        request, readings: collection.readings, keys: keys, all: all)
      switch format {
      case .json: Output.write(inventory.json.text(.pretty) + "\n")
      case .text, .markdown: Output.write(inventory.text)
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

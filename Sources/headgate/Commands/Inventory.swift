import ArgumentParser
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
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown }

    @Argument(help: "Files or folders; this folder where none is given.")
    var paths: [String] = []

    @Option(help: "text, json or markdown.")
    var format: Format = .text

    @Flag(help: "List defaults that nobody wrote, too.")
    var all = false

    @OptionGroup var products: ProductOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let folder = try common.folder()
      let project = try products.project(in: folder)
      let collection = project.collector.collect(try WorkTree(folder).workspaces(paths))
      let inventory = InventoryDocument(readings: collection.readings)
      switch format {
      case .text: Output.write(inventory.text(all: all))
      case .json: Output.write(inventory.json.text(.pretty) + "\n")
      case .markdown: Output.write(inventory.markdown)
      }
      try Unread.say(collection)
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

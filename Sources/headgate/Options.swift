import ArgumentParser
import Review

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

enum ColorChoice: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

/// The options of every command.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Work in this folder instead of the current one.", valueName: "dir"))
  var repo: String?

  @Option(help: "Use colour.")
  var color: ColorChoice = .auto

  @Flag(name: [.short, .long], help: "Print results only.")
  var quiet = false

  /// Colour on terminals only, unless told otherwise; NO_COLOR is honoured (no-color.org).
  var usesColor: Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto:
      Output.isTerminal() && (Host.environment("NO_COLOR") ?? "").isEmpty
        && Host.environment("TERM") != "dumb"
    }
  }

  /// The folder that relative paths start from.
  func folder() throws -> String {
    guard let repo else { return Host.currentFolder }
    guard Host.isFolder(repo) else {
      throw Failure("\(repo) is not a folder", help: "--repo takes the folder to work in")
    }
    return repo
  }
}

/// The options of every command that reads configuration.
struct ProductOptions: ParsableArguments {
  @Option(
    name: .customLong("product"),
    help: ArgumentHelp(
      "A product's version, such as nginx=1.29.7; can be repeated.", valueName: "name=version"))
  var products: [String] = []

  @Option(
    name: .customLong("config"),
    help: ArgumentHelp(
      "Read this instead of .headgate.yaml in the repository root.", valueName: "file"))
  var configuration: String?

  /// The rules and decisions in force in `folder`.
  func project(in folder: String) throws -> Project {
    try WorkTree(folder).project(configuration: configuration, products: products)
  }
}

import ArgumentParser
import Audit
import Review
import Syntax

/// The keys whose signatures the log believes.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Says whose signatures the audit log believes.",
    discussion: """
      The first key is added by who began the log, and has role root: it may add and revoke others.
      Whoever has a key must sign their approvals.

      Examples:
        headgate audit keys add ~/.ssh/id_ed25519.pub --key ~/.ssh/id_ed25519
        headgate audit keys add bob.pub --principal bob@example.org --role dba
        headgate audit keys revoke bob@example.org --reason 'Left the team'
        headgate audit keys list
      """,
    subcommands: [Add.self, Revoke.self, List.self], defaultSubcommand: List.self)

  /// What add and revoke have in common.
  struct ChangeOptions: ParsableArguments {
    @Option(help: "Why.")
    var reason: String?

    @Option(help: "text or json.")
    var format: OpinionOptions.Format = .text

    @OptionGroup var statement: StatementOptions
    @OptionGroup var common: CommonOptions

    func show(_ recorded: Recorded) {
      switch format {
      case .json: Output.write(recorded.shortJSON.text(.pretty) + "\n")
      case .text where !common.quiet: Output.write(recorded.shortText)
      case .text: break
      }
      if let warning = recorded.warning { Output.note("warning: \(warning)") }
    }
  }

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Believe a key's signatures from now on.")

    @Argument(help: "The public key: a .pub file.")
    var file: String

    @Option(help: ArgumentHelp("Whose key it is; your own by default.", valueName: "address"))
    var principal: String?

    @Option(
      name: .customLong("role"),
      help: ArgumentHelp(
        "root (keys and policy), bot (never approves), forge (records others' reviews), or one of "
          + "your own; can be repeated.", valueName: "name"))
    var roles: [String] = []

    @OptionGroup var options: ChangeOptions

    func run() throws {
      let folder = try options.common.folder()
      let line = try Host.keyLine(file)
      let statement = try options.statement.statement(reason: options.reason, in: folder)
      options.show(
        try KeyKeeper(folder: folder).add(line, principal: principal, roles: roles, statement))
    }
  }

  struct Revoke: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke", abstract: "Believe a key's signatures no more.")

    @Argument(help: "The key's fingerprint, its .pub file, or whose it is.")
    var name: String

    @OptionGroup var options: ChangeOptions

    func run() throws {
      let folder = try options.common.folder()
      let statement = try options.statement.statement(reason: options.reason, in: folder)
      let name = Host.exists(name) ? try Host.keyLine(name) : name
      options.show(try KeyKeeper(folder: folder).revoke(name, statement))
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List every key, with the records that added and revoked it.")

    @Option(help: "text or json.")
    var format: OpinionOptions.Format = .text

    @OptionGroup var common: CommonOptions

    func run() throws {
      let keys = try KeyKeeper(folder: common.folder()).keys()
      switch format {
      case .json: Output.write(JSON.array(keys.map(\.json)).text(.pretty) + "\n")
      case .text:
        for key in keys { Output.write(key.text(color: common.usesColor)) }
        if keys.isEmpty, !common.quiet {
          Output.note("the log has no keys: signatures are not asked for")
        }
      }
    }
  }
}

extension Host {
  /// The first line of a file with a public key.
  static func keyLine(_ file: String) throws(Failure) -> String {
    let source = try WorkTree.readFile(file)
    return String(decoding: source.bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}

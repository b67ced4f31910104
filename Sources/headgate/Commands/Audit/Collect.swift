import ArgumentParser
import Audit
import Review
import Syntax

extension Headgate.AuditCommand {
  struct Collect: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "collect",
      abstract: "Bring the logs of many repositories together, to be asked as one.",
      discussion: """
        Each log is verified before it is taken over, and goes on where it ended last time; one
        that was rewound or cannot be reached keeps the others from nothing. Asked are the
        repositories named and all that were collected before. `--repo DIR` then asks all:
        `headgate who pool.max_size --repo DIR`.

        Examples:
          headgate audit collect --into /srv/audit payments=https://git.example.org/payments.git
          headgate audit collect --into /srv/audit --list repositories.txt
          headgate audit collect --into /srv/audit --database postgres://audit@db/audit

        Exit codes: 0 all collected, 1 some not, 2 could not run, 4 a log was tampered with.
        """)

    @Argument(
      help: ArgumentHelp("Repositories: NAME=ADDRESS, or a path or URL.", valueName: "repository"))
    var repositories: [String] = []

    @Option(
      help: ArgumentHelp("The collection, a bare repository; made if missing.", valueName: "dir"))
    var into: String

    @Option(
      help: ArgumentHelp(
        "A file with a repository in each line; # begins a remark.",
        valueName: "file"))
    var list: String?

    @OptionGroup var store: DatabaseOptions
    @OptionGroup var options: LogOptions

    func run() throws {
      let folder = into.hasPrefix("/") ? into : "\(Host.currentFolder)/\(into)"
      let report = try LogQuery(folder: folder, database: try store.address()).collect(
        try addresses(), id: Host.nonce().map { String($0, radix: 16) }.joined(),
        now: Timestamp(milliseconds: Host.now), environment: Host.variables)
      switch options.format {
      case .json: Output.write(report.json.text(.pretty) + "\n")
      case .text:
        if !options.common.quiet || !report.isComplete {
          Output.write(report.text(color: options.common.usesColor))
        }
      }
      if report.isTampered { throw Exit.tampered }
      if !report.isComplete { throw Exit.findings }
    }

    private func addresses() throws -> [CollectedAddress] {
      let listed = try list.map { file throws(Failure) in try LogQuery.repositories(listedIn: file)
      }
      return try (repositories + (listed ?? [])).map { text in
        guard let address = CollectedAddress(text, in: Host.currentFolder) else {
          throw Failure(
            "\(text) gives the repository no name that could be used",
            help: "put letters, digits, -, . or _ before it: NAME=ADDRESS")
        }
        return address
      }
    }
  }
}

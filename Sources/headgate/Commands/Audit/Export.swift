import ArgumentParser
import Audit
import Review
import Syntax

extension Headgate.AuditCommand {
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Writes changes as a table, or evidence that an auditor verifies with git alone.",
      discussion: """
        Examples:
          headgate audit export --since 2024-04-01 --until 2024-06-30 > changes.csv
          headgate audit export --format json kind:change
          headgate audit export --evidence audit-2024 --record 17 --record 23
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case csv, json }

    @Option(help: "csv or json.")
    var format: Format = .csv

    @Option(help: ArgumentHelp("Write an evidence bundle into this new folder.", valueName: "dir"))
    var evidence: String?

    @Option(help: ArgumentHelp("A record of the bundle; can be repeated.", valueName: "record"))
    var record: [String] = []

    @Option(name: [.short, .long], help: ArgumentHelp("At most so many.", valueName: "number"))
    var limit = 100_000

    @OptionGroup var filter: RecordFilterOptions
    @OptionGroup var asking: AskingOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
      guard limit > 0 else { throw ValidationError("--limit is at least 1") }
      guard record.isEmpty || evidence != nil else {
        throw ValidationError("--record belongs to --evidence")
      }
    }

    func run() throws {
      let query = try asking.query(common)
      let now = Timestamp(milliseconds: Host.now)
      let (wanted, isUnreviewed) = try filter.filter()
      guard !isUnreviewed else {
        throw Failure("an export holds every review; --unreviewed is for `headgate log`")
      }
      if let evidence {
        try write(query, wanted, to: evidence, now)
        return
      }
      let table = try query.table(matching: wanted, limit: limit, at: now)
      switch format {
      case .csv: Output.write(table.csv)
      case .json: Output.write(table.json.text(.pretty) + "\n")
      }
    }

    private func write(
      _ query: LogQuery, _ wanted: RecordFilter, to folder: String, _ now: Timestamp
    ) throws {
      let root = folder.hasPrefix("/") ? folder : "\(Host.currentFolder)/\(folder)"
      guard !Host.exists(root) else {
        throw Failure("\(folder) exists", help: "give the name of a new folder")
      }
      try Host.makeFolder(root)
      let bundle = try query.evidence(
        of: record, matching: wanted, limit: limit, at: now, environment: Host.variables,
        into: root)
      for file in bundle.files {
        try Host.makeFolder(below: root, for: file.path)
        try Host.writeFile("\(root)/\(file.path)", file.bytes)
        if file.isProgram { Host.makeProgram("\(root)/\(file.path)") }
      }
      if !common.quiet {
        Output.note("evidence for \(bundle.records) records in \(folder); sh \(folder)/verify.sh")
      }
    }
  }
}

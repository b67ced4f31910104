import ArgumentParser
import Capacity
import Policy
import Review
import Syntax

extension Headgate {
  struct Capacity: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "capacity",
      abstract: "Calculates what a load path or one pool carries, and what breaks first.",
      discussion: """
        With files or folders: the places that a request passes, what each carries, how long
        requests wait there, and what must hold between them. Peaks, hold times and whatever the
        files do not say are declared in `load_path:` of .headgate.yaml, or asked about here:
        --set changes a number of a service, pool, pooler or server without editing files, by the
        names of docs/policy.md or the product's own: auth.max_size, auth.maximumPoolSize.

        Without: a calculator for one pool. Assumes Poisson arrivals and exponential hold times
        (M/M/c): real traffic comes in bursts and waits longer.

        Examples:
          headgate capacity . --peak 500 --hold 40ms
          headgate capacity . --peak 500 --hold 40ms --set auth.replicas=12 \\
            --set pgbouncer.default_pool_size=60
          headgate capacity . --format html > capacity.html
          headgate capacity --peak 250 --hold 50ms --size 10

        Exit codes: 0 it carries the peak, 1 something is saturated or broken, 2 nothing was
        understood.
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
      case text, json, markdown, svg, html
    }

    @Argument(help: "Files or folders; without any a calculator for one pool.")
    var paths: [String] = []

    @Option(help: ArgumentHelp("Requests a second that use the database.", valueName: "number"))
    var peak: Double?

    @Option(
      help: ArgumentHelp(
        "Mean time from taking a connection to giving it back.", valueName: "time"))
    var hold: String?

    @Option(
      name: .customLong("set"),
      help: ArgumentHelp(
        "Calculate with another number, such as auth.replicas=12; can be repeated.",
        valueName: "resource.field=number"))
    var changes: [String] = []

    @Option(help: ArgumentHelp("Connections of the pool.", valueName: "number"))
    var size: Int?

    @Option(
      help: ArgumentHelp("Share of requests that may wait, for the recommended size."))
    var target: Double?

    @Option(
      help: ArgumentHelp("Most requests that may wait; the rest is refused.", valueName: "number"))
    var queue: Int?

    @Option(help: "text or json; with paths also markdown, svg or html.")
    var format: Format = .text

    @OptionGroup var products: ProductOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if paths.isEmpty {
        guard peak != nil, hold != nil else {
          throw ValidationError("the calculator needs --peak and --hold; `capacity .` reads files")
        }
        guard changes.isEmpty, format == .text || format == .json else {
          throw ValidationError("--set and --format \(format.rawValue) need files or folders")
        }
      } else if size != nil || queue != nil {
        throw ValidationError("--size and --queue belong to the calculator: give no paths")
      }
      if !paths.isEmpty, let peak, !(peak >= 0 && peak.isFinite) {
        throw ValidationError("--peak is a number of requests, at least 0")
      }
      if let target, !(target > 0 && target < 1) {
        throw ValidationError("--target is above 0 and below 1")
      }
    }

    func run() throws {
      if paths.isEmpty { try calculate() } else { try review() }
    }

    private func calculate() throws {
      let calculation = try PoolCalculation(
        peak: peak ?? 0, holdSeconds: holdSeconds() ?? 0, size: size,
        target: target ?? Traffic.standardTarget, queue: queue)
      switch format {
      case .json: Output.write(calculation.json.text(.pretty) + "\n")
      default: Output.write(calculation.text)
      }
      if calculation.isSaturated { throw Exit.findings }
    }

    private func review() throws {
      let folder = try common.folder()
      let project = try products.project(in: folder)
      let collection = project.collector.collect(try WorkTree(folder).workspaces(paths))
      let declaration = project.configuration.loadPath
      let traffic = Traffic(
        peak: peak.map { Input("--peak", $0, basis: .whatIf) },
        hold: try holdSeconds().map { Input("--hold", $0, basis: .whatIf) },
        target: target ?? declaration?.target)
      let wanted = try changes.map { try WhatIf(option: $0) }
      let review = LoadPathReview(
        collection, declaration: declaration, changes: wanted, traffic: traffic)
      if let failure = review.failure { throw failure }
      let report = CapacityReport(review, traffic: traffic, collection: collection)
      guard !report.isEmpty else {
        try Unread.say(collection)
        throw CapacityReport.nothingUnderstood
      }
      if let failure = report.failure { throw failure }
      switch format {
      case .text: Output.write(report.text)
      case .json: Output.write(report.json.text(.pretty) + "\n")
      case .markdown: Output.write(report.markdown)
      case .svg: Output.write(report.svg)
      case .html: Output.write(report.html)
      }
      try Unread.say(collection)
      if report.hasFindings { throw Exit.findings }
    }

    private func holdSeconds() throws(Failure) -> Double? {
      guard let hold else { return nil }
      guard let seconds = AskedNumber.seconds(hold) else {
        throw Failure("--hold \(hold) is not a time", help: "write 50ms or 0.05s")
      }
      return seconds
    }
  }
}

import ArgumentParser
import Capacity
import Review
import Syntax

extension Headgate {
  struct Capacity: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "capacity",
      abstract: "Calculates what a pool carries: utilisation, waits and the size it needs.",
      discussion: """
        Assumes Poisson arrivals and exponential hold times (M/M/c): real traffic comes in bursts
        and waits longer.

        Example:
          headgate capacity --peak 250 --hold 50ms --size 10
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Option(help: ArgumentHelp("Requests a second that use the pool.", valueName: "number"))
    var peak: Double

    @Option(
      help: ArgumentHelp(
        "Mean time from taking a connection to giving it back.", valueName: "time"))
    var hold: String

    @Option(help: ArgumentHelp("Connections of the pool.", valueName: "number"))
    var size: Int?

    @Option(
      help: ArgumentHelp("Share of requests that may wait, for the recommended size."))
    var target = 0.01

    @Option(
      help: ArgumentHelp("Most requests that may wait; the rest is refused.", valueName: "number"))
    var queue: Int?

    @Option(help: "text or json.")
    var format: Format = .text

    @OptionGroup var common: CommonOptions

    func run() throws {
      let calculation = try PoolCalculation(
        peak: peak, holdSeconds: seconds(hold), size: size, target: target, queue: queue)
      switch format {
      case .text: Output.write(calculation.text)
      case .json: Output.write(calculation.json.text(.pretty) + "\n")
      }
      if calculation.isSaturated { throw Exit.findings }
    }

    private func seconds(_ text: String) throws(Failure) -> Double {
      let units = [("ms", 1e-3), ("us", 1e-6), ("s", 1.0), ("m", 60.0)]
      for (suffix, factor) in units where text.hasSuffix(suffix) {
        if let number = Double(text.dropLast(suffix.count)) { return number * factor }
      }
      throw Failure("--hold \(text) is not a time", help: "write 50ms or 0.05s")
    }
  }
}

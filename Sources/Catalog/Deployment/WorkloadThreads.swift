import Model

/// The threads of one process that a service's command gives a server of Ruby or Python.
///
/// Sources: the command lines of Puma 6, Sidekiq 7 and gunicorn 23.
struct WorkloadThreads {
  /// `puma`, `sidekiq` or `gunicorn`.
  let program: String
  /// `nil` where the command runs the program without a number.
  let setting: Setting?

  private static let options: [String: [String]] = [
    "puma": ["--threads", "-t"], "sidekiq": ["--concurrency", "-c"], "gunicorn": ["--threads"],
  ]

  /// - Returns: `nil` where the command runs none of the programs.
  init?(_ workload: Workload) {
    for command in CommandWords.commands(in: workload.command) {
      for (index, word) in command.enumerated() {
        let name = ConfigurationText.name(of: word)
        guard let options = Self.options[name] else { continue }
        program = name
        let arguments = Array(command[(index + 1)...])
        setting = WorkloadProcesses.value(of: options, in: arguments).map { text in
          Self.setting("\(name) \(options[0])", text, Self.origin(of: text, in: workload))
        }
        return
      }
    }
    return nil
  }

  /// Of Puma's `least:most` the most counts.
  private static func setting(_ key: String, _ text: String, _ origin: Origin?) -> Setting {
    let most = text.split(separator: ":").last.flatMap { Int64($0) }
    return Setting(
      key: key, field: "request_threads", written: text, effective: most.map(Scalar.int),
      unit: .thread, provenance: most == nil ? .unknown : .explicit, origin: origin,
      note: most == nil ? "how many \(text) is cannot be known from the files" : nil)
  }

  private static func origin(of text: String, in workload: Workload) -> Origin? {
    let index =
      workload.command.lastIndex { $0 == text || $0.hasSuffix(text) }
      ?? workload.command.lastIndex { $0.firstPlace(of: text) != nil }
    return index.map(workload.origin(ofWord:))
  }
}

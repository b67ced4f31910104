import Model

/// How many worker processes one replica runs, each with a pool of its own.
///
/// Sources: the command lines of gunicorn 27, uvicorn, hypercorn, granian, Puma, uWSGI and PM2.
struct WorkloadProcesses {
  private let workload: Workload

  /// A server that divides itself into processes.
  private struct Program {
    let name: String
    /// Options that give the number.
    let options: [String]
    /// Variables of the environment that give it where no option does.
    var variables: [String] = []
    /// What runs without any; `nil` where the machine decides.
    var standard: Int64? = 1
  }

  private static let programs = [
    Program(name: "gunicorn", options: ["--workers", "-w"], variables: ["WEB_CONCURRENCY"]),
    Program(name: "uvicorn", options: ["--workers"], variables: ["WEB_CONCURRENCY"]),
    Program(name: "fastapi", options: ["--workers"], variables: ["WEB_CONCURRENCY"]),
    Program(name: "hypercorn", options: ["--workers", "-w"]),
    Program(name: "granian", options: ["--workers"], variables: ["GRANIAN_WORKERS"]),
    Program(name: "puma", options: ["--workers", "-w"], variables: ["WEB_CONCURRENCY"]),
    Program(name: "sidekiq", options: []),
    Program(name: "uwsgi", options: ["--processes", "--workers", "-p"]),
    Program(name: "pm2-runtime", options: ["--instances", "-i"]),
    Program(name: "pm2", options: ["--instances", "-i"]),
    Program(name: "celery", options: ["--concurrency", "-c"], standard: nil),
  ]

  /// The setting of the field `processes` of a service.
  static func setting(of workload: Workload) -> Setting {
    WorkloadProcesses(workload: workload).setting
  }

  private var setting: Setting {
    for command in CommandWords.commands(in: workload.command) {
      for (index, word) in command.enumerated() {
        let name = ConfigurationText.name(of: word)
        guard let program = Self.programs.first(where: { $0.name == name }) else { continue }
        return setting(of: program, Array(command[(index + 1)...]))
      }
    }
    return variable("WEB_CONCURRENCY") ?? standard(1, nil)
  }

  private func setting(of program: Program, _ arguments: [String]) -> Setting {
    if let text = Self.value(of: program.options, in: arguments) {
      return number(
        "\(program.name) \(program.options[0])", text, origin: origin(of: program.options, text))
    }
    if program.name == "gunicorn", let variable = workload["GUNICORN_CMD_ARGS"],
      let line = variable.value,
      let text = Self.value(of: program.options, in: CommandWords.split(line).map(\.text))
    {
      return number("GUNICORN_CMD_ARGS", text, origin: variable.origin)
    }
    for name in program.variables {
      if let setting = variable(name) { return setting }
    }
    return standard(program.standard, program.name)
  }

  /// The text of the last of these options: `--workers 4`, `--workers=4`, `-w4`.
  static func value(of options: [String], in words: [String]) -> String? {
    var found: String?
    for (index, word) in words.enumerated() {
      for option in options {
        if word == option, index + 1 < words.count { found = words[index + 1] }
        if word.hasPrefix(option + "=") { found = String(word.dropFirst(option.count + 1)) }
        if option.count == 2, word.hasPrefix(option), word.count > 2, word != option {
          found = String(word.dropFirst(2).drop { $0 == "=" })
        }
      }
    }
    return found
  }

  private func origin(of options: [String], _ text: String) -> Origin? {
    let index = workload.command.lastIndex { word in
      word == text || options.contains { word.hasPrefix($0) && word.hasSuffix(text) }
        || word.firstPlace(of: options[0]) != nil
    }
    guard let index, workload.commandOrigins.indices.contains(index) else { return nil }
    return workload.commandOrigins[index]
  }

  private func variable(_ name: String) -> Setting? {
    guard let variable = workload[name] else { return nil }
    guard let value = variable.value else {
      return Setting(
        key: name, field: "processes", effective: nil, unit: .process, provenance: .unknown,
        origin: variable.origin, note: variable.reason)
    }
    return number(name, value, origin: variable.origin, isDefault: variable.isDefault)
  }

  private func number(
    _ key: String, _ text: String, origin: Origin?, isDefault: Bool = false
  ) -> Setting {
    // 0 of Puma and PM2's `max` are not the numbers that they look like.
    let number = Int64(text)
    let isZero = number == 0
    return Setting(
      key: key, field: "processes", written: text,
      effective: isZero ? .int(1) : number.map(Scalar.int), unit: .process,
      provenance: number == nil ? .unknown : isDefault ? .placeholder : .explicit, origin: origin,
      note: number == nil ? "how many \(text) is cannot be known from the files" : nil)
  }

  private func standard(_ number: Int64?, _ program: String?) -> Setting {
    Setting(
      key: program.map { "\($0) workers" } ?? "processes", field: "processes",
      effective: number.map(Scalar.int), unit: .process,
      provenance: number == nil ? .unknown : .default,
      note: number == nil ? "the machine's processors decide it" : nil)
  }
}

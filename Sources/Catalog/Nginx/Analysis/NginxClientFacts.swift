import Model
import Syntax

extension NginxFact {
  /// What of a line a client decides.
  static let directiveClients: [NginxFact] = [
    NginxFact(
      "client_sources", .list(.string),
      "Its variables that hold what a client sends, each with the lines that bring it there",
      at: { $1 }
    ) { configuration, place in configuration.sources(in: place) { _ in true } },
    NginxFact(
      "newline_sources", .list(.string),
      "Its variables that can hold a newline a client sends, with the lines that bring it there",
      at: { $1 }
    ) { configuration, place in
      guard configuration.mentions(configuration.variables.newlineInitials, in: place) else {
        return .list([])
      }
      // In its own replacement `rewrite` escapes numbered groups.
      let escapes =
        configuration.view.statements[place].name == NginxVariableNames.shared.rewrite
      return configuration.sources(
        in: place, among: { configuration.mayHoldNewline($0) && !(escapes && Int($0) != nil) }
      ) { $0.bytes.contains(0x0A) }
    },
    NginxFact(
      "host_sources", .list(.string),
      "The variables by which a client chooses the host a line such as proxy_pass hands on to",
      at: { $1 }
    ) { configuration, place in
      let (found, unknown) = configuration.hostSources(ofPass: place)
      if found.isEmpty, let unknown { return .unknown(unknown) }
      return .list(found.map { .string($0.text) })
    },
    NginxFact(
      "captures_undefined", .list(.string),
      "Its $1 to $9 that no expression before it can have set, so that they are empty",
      at: { $1 }
    ) { $0.undefinedCaptures(in: $1) },
    NginxFact(
      "variables", .list(.string), "The names of its variables in lower case, captures by number",
      at: { $1 }
    ) { configuration, place in
      .list(configuration.variables(in: place).map { .string($0) })
    },
    NginxFact(
      "alias_escape", .string,
      "The path of a request that an alias turns into one outside its folder; absent where none is",
      at: { $1 }
    ) { configuration, place in
      configuration.escape(ofAlias: place).map { .string($0) } ?? .absent
    },
  ]
}

extension NginxConfiguration {
  /// The arguments of a line that hold variables.
  private func texts(_ place: Int) -> [String] {
    let tree = view.tree(place)
    let id = view.id(place)
    // Expressions hold dollar signs that are anchors.
    let isRewrite = view.statements[place].name == NginxVariableNames.shared.rewrite
    var texts: [String] = []
    var number = isRewrite ? 1 : 0
    while let argument = tree.argument(number, of: id) {
      if argument.contains(UInt8(ascii: "$")) { texts.append(argument.string) }
      number += 1
    }
    return texts
  }

  /// The variables of a line, each once.
  fileprivate func variables(in place: Int) -> [String] {
    var seen: Set<String> = []
    return texts(place).flatMap { NginxInterpolation($0).variables }.filter {
      seen.insert($0).inserted
    }
  }

  /// The variables of a line whose taint is wanted; unknown where none is and one cannot be told.
  fileprivate func sources(
    in place: Int, among isAsked: (String) -> Bool = { _ in true },
    where isWanted: (NginxTaint) -> Bool
  ) -> FieldValue {
    let names = variables(in: place).filter(isAsked)
    guard !names.isEmpty else { return .list([]) }
    var finder = NginxTaintFinder(self)
    var found: [FieldValue] = []
    var unknown: String?
    for name in names {
      let taint = finder.taint(of: name, at: .init(place))
      if taint.isClients, isWanted(taint) {
        found.append(.string(NginxSource(name: name, taint: taint).text))
      } else if let reason = taint.unknown, isWanted(taint.atWorst) {
        unknown = unknown ?? reason
      }
    }
    if found.isEmpty, let unknown { return .unknown(unknown) }
    return .list(found)
  }

  /// Whether it is worth following a variable for newlines: most cannot hold any.
  fileprivate func mayHoldNewline(_ name: String) -> Bool {
    if let known = NginxClientVariable.taint(of: name), known.bytes.contains(0x0A) { return true }
    return Int(name) != nil || variables.definitions[name] != nil
  }

  /// Whether a line has a `$` before some byte of a set, or a brace: told without making texts.
  fileprivate func mentions(_ first: ByteSet, in place: Int) -> Bool {
    let tree = view.tree(place)
    let id = view.id(place)
    var number = 0
    while let argument = tree.argument(number, of: id) {
      let isMentioned = argument.withBytes { bytes in
        var last: UInt8 = 0
        for byte in bytes {
          if last == UInt8(ascii: "$"), byte == 0x7B || first.contains(byte) { return true }
          last = byte
        }
        return false
      }
      if isMentioned { return true }
      number += 1
    }
    return false
  }

  /// The numbered captures of a line that nothing sets.
  fileprivate func undefinedCaptures(in place: Int) -> FieldValue {
    guard mentions(.digits, in: place) else { return .list([]) }
    let numbers = variables(in: place).compactMap { Int($0) }.filter { $0 > 0 }
    guard !numbers.isEmpty else { return .list([]) }
    let scope = NginxCaptureScope(self, at: place)
    let patterns = scope.expressions.map { pattern($0) }
    // nginx does not start with it, which is said of the expression.
    if patterns.contains(where: { $0.refusal != nil }) { return .list([]) }
    if let odd = patterns.first(where: { !$0.isUnderstood }) {
      return .unknown("the expression \(odd.text) is not understood")
    }
    var undefined: [FieldValue] = []
    for number in numbers where !patterns.contains(where: { $0.captureCount >= number }) {
      if let reason = scope.elsewhere(number) { return .unknown(reason) }
      undefined.append(.string("$\(number)"))
    }
    return .list(undefined)
  }
}

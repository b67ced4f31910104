import Catalog
import Model
import Syntax

/// What became of comparing one configuration.
enum FuzzOutcome: Hashable {
  /// Both say the same; the class of what they say.
  case agreed(String)
  /// nginx refuses for a reason that is not the grammar's; which.
  case excluded(String)
  case different(FuzzDifference)
}

/// A disagreement: its kind, which a smaller reproduction has to keep, and its particulars.
struct FuzzDifference: Hashable {
  let kind: String
  let detail: String
}

/// Our reading of a configuration, in nginx's terms.
struct FuzzComparison {
  private let bytes: [UInt8]
  private let tree: NginxTree
  private let ours: [Said]
  private let oracle: OracleVerdict

  /// A refusal of ours with the line that nginx would name: the one the statement's words end in.
  private struct Said {
    let kind: Problem.Kind
    let message: String
    let line: Int
    /// Whether a brace of a regular expression was read past.
    let isMended: Bool
  }

  init(_ bytes: [UInt8], _ oracle: OracleVerdict) {
    self.bytes = bytes
    self.oracle = oracle
    let source = SourceText(path: "nginx.conf", bytes: bytes)
    tree = NginxTree(source)
    let context = ReadingContext(
      files: NginxFiles(texts: [:]), versions: ["nginx": Version(1, 22, 1)])
    let lines = LineTable(bytes)
    let tree = tree
    ours = Technology.nginx.read(source, context).problems.filter { $0.kind != .syntax }.map {
      let offset = Self.end(of: $0.origin.range, in: tree)
      return Said(
        kind: $0.kind, message: lossy($0.message.utf8),
        line: lines.position(at: offset).line,
        isMended: $0.help?.hasPrefix("nginx takes the \"{\"") == true)
    }
  }

  /// The end of the words of the statement that holds `range`.
  private static func end(of range: Range<Int>, in tree: NginxTree) -> Int {
    for id in tree.all where tree.headRange(of: id).contains(range.lowerBound) {
      return tree[id].terminatorOffset ?? range.lowerBound
    }
    return range.lowerBound
  }

  var outcome: FuzzOutcome {
    guard tree.printed == bytes else { return differ("not lossless", "") }
    if oracle.isAccepted { return accepted }
    guard let message = oracle.message else { return .excluded("nginx refuses without a word") }
    if let early { return early }
    if let extra = wrongExtension { return differ("tokens", "duplicate extension \(extra)") }
    if Self.isReaders(message) { return readersError(message) }
    if message.hasPrefix("invalid event type \"") { return echo(message) }
    if FuzzMessages.cutLength <= message.utf8.count {
      return .excluded("the message is cut off")
    }
    if let name = message.between("unknown directive \"", "\"") { return unknown(name, message) }
    if let reason = FuzzMessages.exclusion(of: message) { return .excluded(reason) }
    return refused(message)
  }

  private var accepted: FuzzOutcome {
    if let error = tree.errors.first {
      return differ("nginx accepts", "ours \(error.message):\(error.line)")
    }
    if let extra = wrongExtension { return differ("tokens", "duplicate extension \(extra)") }
    let refusal = ours.first {
      $0.kind == .refused && !FuzzMessages.isLate($0.message) && !Self.isBackport($0.message)
    }
    if let refusal { return differ("nginx accepts", "ours \(refusal.message):\(refusal.line)") }
    return .agreed("accepted")
  }

  /// A refusal of ours in front of what nginx refuses, which it has read and found good.
  private var early: FuzzOutcome? {
    guard oracle.line > 0 else { return nil }
    if let error = tree.errors.first, error.line < oracle.line {
      return differ("nginx reads on", "\(error.message):\(error.line), nginx \(said)")
    }
    let refusal = ours.first {
      $0.kind == .refused && $0.line < oracle.line && !FuzzMessages.isDeferred($0.message)
        && !Self.isBackport($0.message)
    }
    return refusal.map {
      differ("nginx reads on", "\($0.message):\($0.line), nginx \(said)")
    }
  }

  /// Whether a distribution has put a directive of a later version into this one.
  private static func isBackport(_ message: String) -> Bool {
    message.between("unknown directive \"", "\" in nginx").map(NginxOracle.words.contains) == true
  }

  private var said: String { "\(oracle.message ?? ""):\(oracle.line)" }

  private static func isReaders(_ message: String) -> Bool {
    message.hasPrefix("unexpected ") && !message.contains("condition")
      || message.hasPrefix("too long parameter")
  }

  private func readersError(_ message: String) -> FuzzOutcome {
    if let error = tree.errors.first, lossy(error.message.utf8) == message {
      if error.line == oracle.line { return .agreed("reader's error") }
      let other = refused(message)
      if case .agreed = other { return other }
      return differ("line", "\(error.line), nginx \(said)")
    }
    return refused(message)
  }

  /// The token that `use` was given.
  private func echo(_ message: String) -> FuzzOutcome {
    let token = message.dropFirst("invalid event type \"".count).dropLast()
    let uses = tree.all.prefix(tree.acceptedCount).filter {
      tree.name(of: $0) == "use" && tree.argumentCount(of: $0) == 1
    }
    guard let use = uses.first, let word = tree.argument(0, of: use)?.string else {
      return differ("tokens", "no `use`, nginx \(said)")
    }
    let ours = lossy(word.utf8.prefix { $0 != 0 })
    return ours == token || token.utf8.count > 900 && ours.hasPrefix(token)
      ? .agreed("token") : differ("tokens", "\(ours), nginx \(said)")
  }

  /// Words of `types` that nginx has twice and we have not.
  private var wrongExtension: String? {
    guard !oracle.duplicateExtensions.isEmpty else { return nil }
    let words = Set(
      tree.words.map { lossy(tree.text(of: $0).string.lowercased().utf8.prefix { $0 != 0 }) })
    return oracle.duplicateExtensions.first { !words.contains($0.lowercased()) }
  }

  private func unknown(_ name: String, _ message: String) -> FuzzOutcome {
    let isOurs = NginxDirectiveTable.shared.id(name) != .unknown
    if isOurs, !NginxOracle.words.contains(name) { return .excluded("a module is not built in") }
    let table = NginxDirectiveTable.shared
    let built: [NginxContextKind] = [
      .main, .events, .http, .server, .location, .upstream, .ifInServer, .ifInLocation,
      .limitExcept,
    ]
    let isElsewhere = built.allSatisfy { table.info(table.id(name), in: $0) == nil }
    if isOurs, isElsewhere, !NginxOracle.words.contains("stream") {
      return .excluded("a module is not built in")
    }
    let isCommercial = NginxContextKind.allCases.contains { kind in
      table.info(table.id(name), in: kind)?.isCommercial == true
    }
    if isCommercial { return .excluded("the commercial product knows it") }
    return refused(message, as: "unknown directive")
  }

  private func refused(_ message: String, as kind: String? = nil) -> FuzzOutcome {
    let kind = kind ?? FuzzMessages.kind(of: message)
    let same = ours.filter {
      // Where the newest nginx has words, an old one may have a flag and say more.
      $0.message == message || $0.message.hasPrefix(message + " in nginx")
        || $0.line == oracle.line && message.hasPrefix($0.message + " in \"")
    }
    if same.contains(where: { $0.line == oracle.line || oracle.line == 0 }) {
      return .agreed(kind)
    }
    if FuzzMessages.isDeferred(message), !same.isEmpty { return .agreed(kind) }
    if message.hasPrefix("no servers are inside"),
      tree.all.contains(where: { tree.name(of: $0) == "zone" })
    {
      return .excluded("an upstream with a zone may get its servers elsewhere")
    }
    if FuzzMessages.isDeferred(message), !tree.errors.isEmpty {
      return .excluded("a mistake of the grammar comes after the block")
    }
    let here = ours.filter { $0.line == oracle.line }
    if here.contains(where: \.isMended) { return .agreed("brace of a regular expression") }
    if here.contains(where: { Self.isBackport($0.message) }) {
      return .excluded("the distribution has put it into this version")
    }
    if kind == "value", message.contains("$") || message.contains("@@") {
      return .excluded("left alone as a template's")
    }
    if kind == "number of arguments", FuzzMessages.hasNewCount(name(inLine: oracle.line)) {
      return .excluded("later versions take more arguments")
    }
    if kind == "value", FuzzMessages.isOwnFunction(name(inLine: oracle.line)) {
      return .excluded("a function of one directive reads the value")
    }
    if here.contains(where: { $0.kind == .unknown }) {
      return .excluded("left alone as a template's")
    }
    if let other = same.first { return differ("line", "\(other.line), nginx \(said)") }
    let instead = here.first.map { "ours \($0.message)" } ?? "ours nothing"
    return differ("missed: \(FuzzMessages.shape(of: message))", "nginx \(said), \(instead)")
  }

  /// The last directive whose words end in a line.
  private func name(inLine line: Int) -> String {
    let lines = LineTable(bytes)
    let id = tree.all.last { lines.position(at: tree[$0].terminatorOffset ?? 0).line == line }
    return id.map { tree.name(of: $0).string } ?? ""
  }

  private func differ(_ kind: String, _ detail: String) -> FuzzOutcome {
    .different(FuzzDifference(kind: kind, detail: detail))
  }
}

extension String {
  /// What stands between two texts; `nil` where they are not there.
  func between(_ before: String, _ after: String) -> String? {
    guard hasPrefix(before), let last = range(ofLast: after), last >= before.utf8.count else {
      return nil
    }
    return String(decoding: Array(utf8)[before.utf8.count..<last], as: UTF8.self)
  }

  private func range(ofLast text: String) -> Int? {
    Array(utf8)[...].lastRange(of: text)?.lowerBound
  }
}

import Model
import Syntax

/// The process, the sections and the servers of one haproxy.cfg.
struct HAProxyFile {
  /// What a section begins with: the last line for each key, so that long files stay cheap.
  private struct Base {
    var settings: [String: PoolInput] = [:]
    var options: [String: PoolInput] = [:]
  }

  private let file: PoolFile
  private let document: HAProxyDocument

  init(_ source: SourceText, _ context: ReadingContext) {
    file = PoolFile(source, context)
    document = HAProxyDocument(source)
  }

  /// What the lines of a `defaults` section add to the one that it starts from.
  private func base(_ section: HAProxySection, over start: Base) -> Base {
    var base = start
    for line in section.lines {
      if line.keyword == "default-server" {
        for input in options(of: line, from: 1, .inherited) { base.options[input.key] = input }
      } else if let input = input(line, .haproxy, .inherited) {
        base.settings[input.key] = input
      }
    }
    return base
  }

  var reading: Reading {
    var problems = document.errors.map { error in
      Problem(error, in: file.source, unlessTemplate: file.source.text(error.range))
    }
    let process = process
    var resources: [any Resource] = process.map { [$0] } ?? []
    let limit = process.flatMap { $0.settings.setting("maxconn") }
    var named: [String: Base] = [:]
    var last = Base()
    for section in document.sections {
      let start = section.from.flatMap { named[$0.text] }
      switch section.kind {
      case "defaults":
        last = base(section, over: start ?? Base())
        if let name = section.name { named[name] = last }
      case "frontend", "backend", "listen":
        let base = start ?? last
        let servers = servers(section, base, &problems)
        resources.append(proxy(section, base, servers, limit: limit))
        resources += servers
      default: continue
      }
    }
    return Reading(resources: resources, problems: problems, sources: [file.source])
  }

  // MARK: process and sections

  private var process: SettingsResource? {
    let sections = document.sections.filter { $0.kind == "global" }
    guard let first = sections.first else { return nil }
    let product = PoolProduct.haproxyProcess
    let inputs = sections.flatMap(\.lines).compactMap { input($0, product, .explicit) }
    return file.resource(
      .proxy, product, file.baseName, at: file.origin(first.header.range),
      settings: product.settings(inputs, version: file.version(product)),
      facts: ["role": .string("process")])
  }

  private func proxy(
    _ section: HAProxySection, _ base: Base, _ servers: [SettingsResource], limit: Setting?
  ) -> SettingsResource {
    let product = PoolProduct.haproxy
    var inputs = Array(base.settings.values)
    inputs += section.lines.compactMap { input($0, product, .explicit) }
    let unused = PoolProduct.haproxyKeys(unusedBy: section.kind)
    let settings = product.settings(
      inputs.filter { !unused.contains($0.key) }, version: file.version(product)
    ).filter { !unused.contains($0.key) }.map { limited($0, by: limit) }
    var facts: [String: FieldValue] = [
      "role": .string(section.kind), "servers": .list(servers.map { .resource($0) }),
    ]
    // Where global says nothing HAProxy takes what its descriptors allow.
    if let limit, limit.written != nil { facts["process_max_clients"] = limit.value(as: .int) }
    return file.resource(
      .proxy, product, section.name ?? section.kind, at: file.origin(section.header.range),
      settings: settings, facts: facts)
  }

  /// A section's `maxconn` of 0 is the process's.
  private func limited(_ setting: Setting, by limit: Setting?) -> Setting {
    guard setting.key == "maxconn", setting.effective == .int(0) else { return setting }
    let isWritten = setting.written != nil
    return Setting(
      key: setting.key, field: setting.field, written: setting.written,
      effective: limit?.effective, unit: setting.unit,
      provenance: limit?.effective == nil ? .unknown : isWritten ? .clamped : .inherited,
      origin: setting.origin,
      note: limit?.effective == nil
        ? "HAProxy works it out from the descriptors it gets"
        : isWritten ? setting.note ?? "0 means the maxconn of global" : nil)
  }

  private static let known: Set<String> = Set(
    (PoolProduct.haproxy.keys + PoolProduct.haproxyProcess.keys).map(\.name))

  /// A line's setting; `nil` for lines that decide no limit and no time.
  private func input(
    _ line: HAProxyLine, _ product: PoolProduct, _ provenance: Provenance
  ) -> PoolInput? {
    let isTime = line.keyword == "timeout"
    let key = isTime ? "timeout \(line[1]?.text ?? "")" : line.keyword
    guard Self.known.contains(key), let word = line[isTime ? 2 : 1] else { return nil }
    return input(key, word, product, provenance, isConditional: line.isConditional)
  }

  private func input(
    _ key: String, _ word: HAProxyWord, _ product: PoolProduct, _ provenance: Provenance,
    isConditional: Bool
  ) -> PoolInput {
    let (value, note) = HAProxyValue.value(
      word, product.key(named: key)?.kind, isConditional: isConditional)
    return PoolInput(
      key: key, written: file.source.text(word.range), origin: file.origin(word.range),
      value: value, provenance: provenance, note: note)
  }

  // MARK: servers

  /// Words of a `server` line that take another word with them, besides those of the table.
  private static let taking: Set<String> = [
    "addr", "agent-addr", "agent-inter", "agent-port", "agent-send", "alpn", "ca-file",
    "check-alpn", "check-proto", "check-sni", "ciphers", "ciphersuites", "cookie", "crl-file",
    "crt", "curves", "downinter", "error-limit", "fall", "fastinter", "force-proto", "guid",
    "hash-key", "id", "init-addr", "init-state", "inter", "interface", "log-bufsize", "log-proto",
    "max-reuse", "namespace", "npn", "observe", "on-error", "on-marked-down", "on-marked-up",
    "pool-conn-name", "pool-low-conn", "port", "proto", "proxy-v2-options", "redir",
    "resolve-net", "resolve-opts", "resolve-prefer", "resolvers", "rise", "set-proxy-v2-tlv-fmt",
    "shard", "sigalgs", "slowstart", "sni", "socks4", "source", "ssl-max-ver", "ssl-min-ver",
    "tcp-md5sig", "tcp-ut", "track", "usesrc", "verify", "verifyhost", "ws",
  ]

  private func servers(
    _ section: HAProxySection, _ base: Base, _ problems: inout [Problem]
  ) -> [SettingsResource] {
    var standard = base.options
    let mode =
      section.lines.last { $0.keyword == "mode" }?[1]?.text ?? base.settings["mode"]?.written
    var servers: [SettingsResource] = []
    for line in section.lines {
      if line.keyword == "default-server" {
        for input in options(of: line, from: 1, .inherited) { standard[input.key] = input }
        continue
      }
      let isTemplate = line.keyword == "server-template"
      guard line.keyword == "server" || isTemplate else { continue }
      guard let name = line[1], let address = line[isTemplate ? 3 : 2] else {
        problems.append(
          file.problem(.refused, line.range, "'\(line.keyword)' expects a name and an address"))
        continue
      }
      servers.append(
        server(line, name, address, section, mode ?? "tcp", standard, isTemplate: isTemplate))
    }
    return servers
  }

  private func server(
    _ line: HAProxyLine, _ name: HAProxyWord, _ address: HAProxyWord, _ section: HAProxySection,
    _ mode: String, _ standard: [String: PoolInput], isTemplate: Bool
  ) -> SettingsResource {
    let product = PoolProduct.haproxyServer
    let inputs = standard.values + options(of: line, from: isTemplate ? 4 : 3, .explicit)
    var facts = HAProxyValue.place(address)
    facts["backend"] = .string(section.name ?? section.kind)
    facts["mode"] = .string(mode)
    return file.resource(
      .proxyServer, product, "\(section.name ?? section.kind)/\(name.text)",
      at: file.origin(line.range),
      settings: product.settings(inputs, version: file.version(product)), facts: facts)
  }

  /// The options of a server's line that the table knows.
  private func options(
    of line: HAProxyLine, from start: Int, _ provenance: Provenance
  ) -> [PoolInput] {
    let product = PoolProduct.haproxyServer
    var inputs: [PoolInput] = []
    var index = start
    while let word = line[index] {
      index += 1
      let name = word.text.hasPrefix("no-") ? String(word.text.dropFirst(3)) : word.text
      guard let key = product.key(named: name) else {
        if Self.taking.contains(word.text) { index += 1 }
        continue
      }
      if case .bool = key.kind {
        inputs.append(
          PoolInput(
            key: name, written: file.source.text(word.range), origin: file.origin(word.range),
            value: line.isConditional
              ? .unknown("it counts only under a condition") : .bool(name == word.text),
            provenance: provenance))
      } else if let value = line[index] {
        index += 1
        inputs.append(
          input(name, value, product, provenance, isConditional: line.isConditional))
      }
    }
    return inputs
  }
}

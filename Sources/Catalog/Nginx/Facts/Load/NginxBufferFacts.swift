import Model

extension NginxFact {
  /// Whether the buffers for answers of backends add up as nginx asks for at start.
  static let directiveBuffers: [NginxFact] = [
    NginxFact(
      "buffer_conflict", .string,
      "Why nginx refuses the buffer sizes in force here; empty where it does not",
      at: { $1 }
    ) { configuration, place in
      configuration.bufferConflict(at: place).map { $0.value(\.reason) } ?? .string("")
    },
    NginxFact(
      "buffer_remedy", .string, "A line with which the buffer sizes in force here would add up",
      at: { $1 }
    ) { configuration, place in
      configuration.bufferConflict(at: place).map { $0.value(\.remedy) } ?? .string("")
    },
  ]
}

/// What is wrong with the buffers of one block, if that can be known.
enum NginxBufferVerdict {
  case conflict(NginxBufferConflict)
  case unknown(String)

  func value(_ part: (NginxBufferConflict) -> String) -> FieldValue {
    switch self {
    case .conflict(let conflict): .string(part(conflict))
    case .unknown(let reason): .unknown(reason)
    }
  }
}

/// Why nginx refuses buffers, and a line that would satisfy it.
struct NginxBufferConflict: Hashable {
  let reason: String
  let remedy: String
}

/// The directives that size the buffers of one protocol towards backends.
struct NginxBufferFamily: Sendable {
  let name: String
  let bufferSize, buffers, busy, temporaryWrite, temporaryMaximum: NginxNameID

  static let all = ["proxy", "fastcgi", "uwsgi", "scgi"].map { Self($0) }

  private init(_ name: String) {
    let table = NginxDirectiveTable.shared
    self.name = name
    bufferSize = table.id("\(name)_buffer_size")
    buffers = table.id("\(name)_buffers")
    busy = table.id("\(name)_busy_buffers_size")
    temporaryWrite = table.id("\(name)_temp_file_write_size")
    temporaryMaximum = table.id("\(name)_max_temp_file_size")
  }

  var names: [NginxNameID] { [bufferSize, buffers, busy, temporaryWrite, temporaryMaximum] }
}

/// The sizes of one protocol's buffers in one block.
struct NginxBufferSizes: Sendable {
  let family: String
  let bufferSize: Int64
  let count: Int64
  let size: Int64
  /// Where they are written; what nginx takes otherwise follows from the others.
  let busy, temporaryWrite, temporaryMaximum: Int64?

  /// The larger of the first buffer and one of the others: what nginx measures by.
  var unit: Int64 { max(bufferSize, size) }

  /// The first of nginx's checks that fails, in its order.
  ///
  /// As `ngx_http_proxy_merge_loc_conf` of 1.22 to 1.31 and its three siblings have it; every
  /// border was tried on nginx 1.22.1.
  var conflict: NginxBufferConflict? {
    if count < 2 {
      return conflict("\(family)_buffers must be at least 2", "\(family)_buffers 8 \(text(size))")
    }
    let (total, overflow) = (count - 1).multipliedReportingOverflow(by: size)
    let room = overflow ? Int64.max : total
    let wanted = busy ?? unit.multipliedReportingOverflow(by: 2).partialValue
    if wanted < unit {
      return conflict(
        "\(family)_busy_buffers_size is \(text(wanted)), less than \(larger)",
        "\(family)_busy_buffers_size \(text(unit))")
    }
    if wanted > room {
      let origin = busy == nil ? ", twice \(larger)," : ""
      return conflict(
        "\(family)_busy_buffers_size is \(text(wanted))\(origin) and more than "
          + "all but one of \(family)_buffers, \(text(room))",
        "\(family)_buffers \(max(8, count)) \(text(max(unit, (wanted + 6) / 7)))")
    }
    if let temporaryWrite, temporaryWrite < unit {
      return conflict(
        "\(family)_temp_file_write_size is \(text(temporaryWrite)), less than \(larger)",
        "\(family)_temp_file_write_size \(text(unit))")
    }
    if let temporaryMaximum, temporaryMaximum != 0, temporaryMaximum < unit {
      return conflict(
        "\(family)_max_temp_file_size is \(text(temporaryMaximum)), less than \(larger)",
        "\(family)_max_temp_file_size \(text(unit))")
    }
    return nil
  }

  private var larger: String {
    bufferSize >= size
      ? "\(family)_buffer_size \(text(bufferSize))" : "one of \(family)_buffers, \(text(size))"
  }

  private func conflict(_ reason: String, _ remedy: String) -> NginxBufferConflict {
    NginxBufferConflict(reason: reason, remedy: remedy)
  }

  /// A size as nginx reads it.
  private func text(_ bytes: Int64) -> String {
    if bytes > 0, bytes % 1_048_576 == 0 { return "\(bytes / 1_048_576)m" }
    return bytes > 0 && bytes % 1_024 == 0 ? "\(bytes / 1_024)k" : "\(bytes)"
  }
}

extension NginxConfiguration {
  /// What is wrong with the buffers in the block of a line; `nil` where nothing is.
  ///
  /// The first line of its family in the block speaks for all, and lines of `http` only where some
  /// server takes everything from there: nginx looks at servers and locations alone.
  fileprivate func bufferConflict(at place: Int) -> NginxBufferVerdict? {
    let name = view.statements[place].name
    guard let family = NginxBufferFamily.all.first(where: { $0.names.contains(name) }) else {
      return nil
    }
    let holder = index.holder(of: place)
    let kind = view.contexts[holder].kind
    guard [.http, .server, .location].contains(kind) else { return nil }
    let first = family.names.compactMap { view.statements($0, in: holder).first }.min()
    guard first == place else { return nil }
    if kind == .http {
      let takes = index.servers.contains { server in
        Int(view.contexts[server].parent) == holder
          && family.names.allSatisfy { view.statements($0, in: server).isEmpty }
      }
      guard takes else { return nil }
    }
    return verdict(family, in: holder)
  }

  private func verdict(_ family: NginxBufferFamily, in context: Int) -> NginxBufferVerdict? {
    var numbers: [NginxNameID: [Int64]] = [:]
    for name in family.names {
      switch sizes(name, in: context) {
      case .int(let number): numbers[name] = [number]
      case .list(let values):
        numbers[name] = values.compactMap { if case .int(let number) = $0 { number } else { nil } }
      case .unknown(let reason): return .unknown(reason)
      default: break
      }
    }
    guard let first = numbers[family.bufferSize]?.first, let rest = numbers[family.buffers],
      rest.count == 2
    else { return nil }
    let sizes = NginxBufferSizes(
      family: family.name, bufferSize: first, count: rest[0], size: rest[1],
      busy: numbers[family.busy]?.first, temporaryWrite: numbers[family.temporaryWrite]?.first,
      temporaryMaximum: numbers[family.temporaryMaximum]?.first)
    return sizes.conflict.map { .conflict($0) }
  }

  /// The value of a size; of those that follow from others only where it is written.
  private func sizes(_ name: NginxNameID, in context: Int) -> FieldValue {
    guard let info = NginxDirectiveTable.shared.info(name, in: view.contexts[context].kind) else {
      return .absent
    }
    let isDerived = !NginxBufferFamily.all.contains { $0.bufferSize == name || $0.buffers == name }
    if isDerived, case .nowhere = lookup(name, in: context) {
      return mayBeSetOutside(info)
        ? .unknown("the file is a part of a configuration that may set it further out") : .absent
    }
    return value(info, in: context)
  }
}

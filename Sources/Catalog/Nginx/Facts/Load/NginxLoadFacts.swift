import Model

extension NginxFact {
  /// What a configuration asks of the machine it runs on.
  static let rootLoad: [NginxFact] = [
    NginxFact(
      "idle_upstream_connections", .int,
      "Idle connections to upstreams that a worker may keep: every `keepalive` that is written",
      unit: .connection, at: { configuration, _ in configuration.keepalives.first?.statement }
    ) { configuration, _ in
      .int(configuration.keepalives.reduce(0) { $0.addingClamped($1.count) })
    },
    NginxFact(
      "long_connection", .string,
      "A line that lets connections last for hours: an Upgrade header, a stream, a long time-out",
      at: { configuration, _ in configuration.longConnection }
    ) { configuration, _ in
      configuration.longConnection.map { place in
        .string(
          "\(configuration.view.nameText(place)) \(configuration.view.joined(place))"
            .trimmingEnd())
      } ?? configuration.unreadPasses?.unknown ?? .absent
    },
    NginxFact(
      "request_memory", .int,
      "The most memory that the buffers of one request may take in some location",
      unit: .byte, at: { configuration, _ in configuration.largestBuffers?.statement }
    ) { configuration, _ in
      configuration.unreadPasses?.unknown
        ?? configuration.largestBuffers.map { .int($0.bytes) } ?? .absent
    },
    NginxFact(
      "replaces_addresses", .bool,
      "Whether some line tells from whom it takes the address of a client (set_real_ip_from)",
      at: { configuration, _ in
        configuration.index.places(of: NginxLoadNames.shared.setRealIPFrom).first.map { Int($0) }
      }
    ) { configuration, _ in
      if !configuration.index.places(of: NginxLoadNames.shared.setRealIPFrom).isEmpty {
        return .bool(true)
      }
      if !configuration.isComplete {
        return .unknown("the file is a part of a configuration that may do so elsewhere")
      }
      return configuration.unread.open(inAny: [.http, .server, .location])?.unknown ?? .bool(false)
    },
  ]

  /// What a location asks of the machine.
  static let locationLoad: [NginxFact] = [
    NginxFact(
      "request_memory", .int, "The most memory that the buffers of one request may take",
      unit: .byte, at: { $0.passStatement(.buffers, $1) }
    ) { $0.requestMemory($1) }
  ]
}

/// Names that only the facts about load ask for.
struct NginxLoadNames: Sendable {
  static let shared = NginxLoadNames(.shared)

  let setRealIPFrom, keepalive, proxySetHeader, streamServer: NginxNameID
  let clientBodyBufferSize, clientHeaderBufferSize: NginxNameID

  private init(_ table: NginxDirectiveTable) {
    setRealIPFrom = table.id("set_real_ip_from")
    keepalive = table.id("keepalive")
    proxySetHeader = table.id("proxy_set_header")
    streamServer = table.id("stream")
    clientBodyBufferSize = table.id("client_body_buffer_size")
    clientHeaderBufferSize = table.id("client_header_buffer_size")
  }
}

extension NginxConfiguration {
  /// A time-out that counts as long: a worker that shuts down waits for it.
  ///
  /// Ten minutes: longer than requests take, shorter than the time between two reloads.
  private static let longTimeout: Int64 = 600_000

  /// The `keepalive` lines of upstreams that something hands requests to.
  fileprivate var keepalives: [(statement: Int, count: Int64)] {
    let isOpen = index.passes.contains { $0.hostHasVariable } || !isComplete
    return index.places(of: NginxLoadNames.shared.keepalive).compactMap { place in
      let holder = Int32(index.holder(of: Int(place)))
      guard isOpen || index.passesToUpstream[holder]?.isEmpty == false,
        let text = view.argument(0, of: Int(place)), let count = NginxUnits.number(text.utf8)
      else { return nil }
      return (Int(place), count)
    }
  }

  /// The first line that keeps connections open for hours, however reloads hurry.
  fileprivate var longConnection: Int? {
    let known = NginxLoadNames.shared
    let upgrade = index.places(of: known.proxySetHeader).first { place in
      view.argument(0, of: Int(place))?.lowercased() == "upgrade"
        && view.argument(1, of: Int(place)) != ""
    }
    if let upgrade { return Int(upgrade) }
    if let stream = index.places(of: known.streamServer).first(where: { hasServers($0) }) {
      return Int(stream)
    }
    for family in NginxPassFamily.all where family[.readTimeout] != .unknown {
      for place in index.places(of: family[.readTimeout]) {
        guard let text = view.argument(0, of: Int(place)),
          let time = NginxUnits.milliseconds(text.utf8), time > Self.longTimeout
        else { continue }
        return Int(place)
      }
    }
    return nil
  }

  private func hasServers(_ stream: Int32) -> Bool {
    let child = view.statements[Int(stream)].child
    return child != NginxContext.none && !view.children(.streamServer, in: Int(child)).isEmpty
  }

  /// The location whose requests need the most memory for buffers.
  fileprivate var largestBuffers: (bytes: Int64, statement: Int?)? {
    var largest: (bytes: Int64, location: Int)?
    for location in index.locations {
      guard case .int(let bytes) = requestMemory(location) else { continue }
      if bytes > largest?.bytes ?? -1 { largest = (bytes, location) }
    }
    return largest.map { ($0.bytes, passStatement(.buffers, $0.location)) }
  }

  /// Buffers of a request's head and body, and of the answer where it is handed on.
  ///
  /// An answer that is not buffered takes one buffer; the others are taken as they are needed.
  fileprivate func requestMemory(_ location: Int) -> FieldValue {
    let known = NginxLoadNames.shared
    var total: Int64 = 0
    for name in [known.clientHeaderBufferSize, known.clientBodyBufferSize] {
      // The buffer of the head is the server's: it is needed before the location is known.
      let context =
        name == known.clientBodyBufferSize ? location : view.server(of: location) ?? location
      guard
        let info = NginxDirectiveTable.shared.info(name, in: view.contexts[context].kind)
      else { continue }
      guard case .int(let bytes) = value(info, in: context) else { return value(info, in: context) }
      total = total.addingClamped(bytes)
    }
    if case .int(let bytes) = passValue(.bufferSize, location) {
      total = total.addingClamped(bytes)
    }
    guard case .bool(true) = passValue(.buffering, location) else { return .int(total) }
    if case .list(let buffers) = passValue(.buffers, location), buffers.count == 2,
      case .int(let count) = buffers[0], case .int(let size) = buffers[1]
    {
      let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
      total = total.addingClamped(overflow ? .max : bytes)
    }
    return .int(total)
  }
}

extension Int64 {
  /// The sum, or the largest number where there is none.
  func addingClamped(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}

extension String {
  /// The text without spaces at its end.
  fileprivate func trimmingEnd() -> String {
    var text = Substring(self)
    while text.utf8.last == UInt8(ascii: " ") { text.removeLast() }
    return String(text)
  }
}

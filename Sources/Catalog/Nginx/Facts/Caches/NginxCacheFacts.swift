import Model

extension NginxFact {
  /// How a location keeps answers, whichever of the four families of directives it uses.
  ///
  /// `proxy_cache`, `fastcgi_cache`, `uwsgi_cache` and `scgi_cache` mean the same; the directive
  /// that hands requests on decides which of them counts.
  static let locationCache: [NginxFact] =
    [
      NginxFact(
        "caches", .bool, "Whether some location of the configuration, as far as read, keeps answers"
      ) { configuration, _ in .bool(configuration.index.caches) },
      NginxFact(
        "cache", .string, "The zone of the cache in force; absent where answers are not kept",
        at: { $0.cacheStatement(.cache, $1) }
      ) { $0.cacheZone($1) },
    ] + cacheParts + [
      NginxFact(
        "ignored_headers", .list(.string),
        "Headers of answers that nginx does not obey, in lower case",
        at: { $0.cacheStatement(.ignoreHeaders, $1) }
      ) { $0.lowercased($0.cacheValue(.ignoreHeaders, $1)) },
      NginxFact(
        "hidden_headers", .list(.string),
        "Headers of answers that nginx keeps from clients, in lower case",
        at: { $0.cacheStatement(.hideHeader, $1) }
      ) { $0.lowercased($0.cacheValue(.hideHeader, $1)) },
    ]

  private static let cacheParts: [NginxFact] = [
    part(.key, "cache_key", .string, "What tells one kept answer from another, as written"),
    part(.lock, "cache_lock", .bool, "Whether one request fills a cache entry while others wait"),
    part(.useStale, "cache_use_stale", .list(.string), "When an answer out of date may be given"),
    part(
      .backgroundUpdate, "cache_background_update", .bool,
      "Whether an entry is renewed behind an answer out of date"),
    part(.bypass, "cache_bypass", .list(.string), "What keeps a request from a kept answer"),
    part(.noCache, "no_cache", .list(.string), "What keeps an answer from being kept"),
    part(.valid, "cache_valid", .list(.string), "How long answers are kept that say nothing"),
    part(.methods, "cache_methods", .list(.string), "The methods whose answers are kept"),
  ]

  private static func part(
    _ part: NginxCachePart, _ name: String, _ type: FieldType, _ about: String
  ) -> NginxFact {
    NginxFact(name, type, about, at: { $0.cacheStatement(part, $1) }) { $0.cacheValue(part, $1) }
  }
}

/// A directive that each family of caches has under a name of its own.
enum NginxCachePart: Int, CaseIterable {
  case cache, key, lock, useStale, backgroundUpdate, bypass, noCache, valid, methods
  case ignoreHeaders, hideHeader

  /// The name behind `proxy_` or its like.
  fileprivate var suffix: String {
    switch self {
    case .cache: "cache"
    case .key: "cache_key"
    case .lock: "cache_lock"
    case .useStale: "cache_use_stale"
    case .backgroundUpdate: "cache_background_update"
    case .bypass: "cache_bypass"
    case .noCache: "no_cache"
    case .valid: "cache_valid"
    case .methods: "cache_methods"
    case .ignoreHeaders: "ignore_headers"
    case .hideHeader: "hide_header"
    }
  }
}

/// The directives of one family of caches.
struct NginxCacheFamily: Sendable {
  /// `proxy`, `fastcgi`, `uwsgi` or `scgi`.
  let name: String
  private let parts: [NginxNameID]

  private init(_ name: String) {
    self.name = name
    parts = NginxCachePart.allCases.map {
      NginxDirectiveTable.shared.id("\(name)_\($0.suffix)")
    }
  }

  subscript(part: NginxCachePart) -> NginxNameID { parts[part.rawValue] }

  /// The families, in the order of their names.
  private static let all = names.map { NginxCacheFamily($0) }
  private static let passes = names.map { NginxDirectiveTable.shared.id("\($0)_pass") }
  private static let names = ["proxy", "fastcgi", "uwsgi", "scgi"]

  /// The family of a directive that hands requests on.
  static func ofPass(_ name: NginxNameID) -> NginxCacheFamily? {
    passes.firstIndex(of: name).map { all[$0] }
  }
}

extension NginxConfiguration {
  /// The family whose directives count in a location; `nil` where nothing could be kept.
  func cacheFamily(_ location: Int) -> NginxCacheFamily? {
    index.firstPass(of: location).flatMap { .ofPass(view.statements[Int($0.statement)].name) }
  }

  func cacheStatement(_ part: NginxCachePart, _ location: Int) -> Int? {
    cacheFamily(location).flatMap { inForce($0[part], in: location)?.statements.first }
  }

  /// The value in force of a family's directive; absent where nothing is handed on.
  func cacheValue(_ part: NginxCachePart, _ location: Int) -> FieldValue {
    guard let family = cacheFamily(location) else {
      if let include = hidingPass(location) { return include.unknown }
      return part.isList ? .list([]) : .absent
    }
    guard let info = NginxDirectiveTable.shared.info(family[part], in: .location) else {
      return .absent
    }
    return value(info, in: location)
  }

  func cacheZone(_ location: Int) -> FieldValue {
    let value = cacheValue(.cache, location)
    if case .string("off") = value { return .absent }
    return value
  }

  fileprivate func lowercased(_ value: FieldValue) -> FieldValue {
    guard case .list(let values) = value else { return value }
    return .list(
      values.map { value in
        if case .string(let text) = value { .string(text.lowercased()) } else { value }
      })
  }
}

extension NginxCachePart {
  /// Whether the directive takes several words, so that there is a list without it.
  fileprivate var isList: Bool {
    switch self {
    case .useStale, .bypass, .noCache, .valid, .methods, .ignoreHeaders, .hideHeader: true
    case .cache, .key, .lock, .backgroundUpdate: false
    }
  }
}

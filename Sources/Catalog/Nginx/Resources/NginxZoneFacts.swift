import Model

extension NginxFact {
  /// What rules know of a shared memory zone.
  static let zone: [NginxFact] =
    around + [
      NginxFact("nginx", .resource(.nginx), "The configuration it belongs to") {
        configuration, _ in configuration.resource(.nginx, 0)
      },
      NginxFact(
        "directive", .string, "The directive that declares it, such as limit_req_zone",
        at: { $0.index.zones[$1].statement }
      ) { .string($0.index.zones[$1].family.rawValue) },
      NginxFact(
        "declarations", .int, "How many lines declare it: caches of sessions may be written twice"
      ) { .int(Int64($0.index.zones[$1].statements.count)) },
      NginxFact(
        "bytes", .int, "Its size; absent where no line gives one", unit: .byte,
        at: { $0.index.zones[$1].statement }
      ) { configuration, zone in
        guard let size = configuration.index.zones[zone].size else { return .absent }
        return NginxUnits.size(size.utf8).map { .int($0) } ?? .unknown("\"\(size)\" is no size")
      },
      NginxFact(
        "key", .string, "What a limit counts by, such as $binary_remote_addr; absent for others",
        at: { $0.index.zones[$1].statement }
      ) { configuration, zone in
        let known = configuration.index.zones[zone]
        guard known.family == .requests || known.family == .connections else { return .absent }
        return configuration.view.argument(0, of: known.statement).map { .string($0) } ?? .absent
      },
      NginxFact(
        "rate", .double, "Requests each second that a limit lets through; absent for others",
        unit: .request, at: { $0.index.zones[$1].statement }
      ) { configuration, zone in configuration.rate(of: zone) },
      NginxFact(
        "parameters", .list(.string), "The words that declare it, as nginx reads them",
        at: { $0.index.zones[$1].statement }
      ) { configuration, zone in
        .list(
          configuration.view.arguments(configuration.index.zones[zone].statement)
            .map { .string($0) })
      },
      NginxFact("uses", .int, "How many lines use it") { configuration, zone in
        configuration.hidingUses(of: zone) ?? .int(Int64(configuration.uses(of: zone).count))
      },
      NginxFact(
        "is_used", .bool, "Whether some line uses it", at: { $0.uses(of: $1).first }
      ) { configuration, zone in
        if !configuration.uses(of: zone).isEmpty { return .bool(true) }
        return configuration.hidingUses(of: zone) ?? .bool(false)
      },
      NginxFact(
        "used_by", .list(.resource(.directive)), "The lines that use it",
        at: { $0.uses(of: $1).first }
      ) { configuration, zone in
        configuration.hidingUses(of: zone)
          ?? .list(configuration.uses(of: zone).map { configuration.resource(.directive, $0) })
      },
    ]
}

extension NginxConfiguration {
  /// The lines that use a zone; those that declare it where declaring is using.
  func uses(of zone: Int) -> [Int] {
    let zone = index.zones[zone]
    let users = zone.family.users
    guard !users.isEmpty else { return zone.statements }
    return users.flatMap { user in
      index.places(of: NginxDirectiveTable.shared.id(user)).map { Int($0) }.filter { place in
        view.arguments(place).contains { $0 == zone.name || $0 == "zone=\(zone.name)" }
      }
    }
  }

  /// Why lines that use a zone may be missing; `nil` where all are known.
  fileprivate func hidingUses(of zone: Int) -> FieldValue? {
    let users = index.zones[zone].family.users
    guard !users.isEmpty else { return nil }
    if let include = unread.open(inAny: [.http, .server, .location, .ifInLocation, .stream]) {
      return include.unknown
    }
    guard isComplete else {
      return .unknown("the file is a part of a configuration that may use the zone elsewhere")
    }
    // `proxy_cache $zone` may mean any.
    let isOpen = users.contains { user in
      index.places(of: NginxDirectiveTable.shared.id(user)).contains { place in
        view.argument(0, of: Int(place))?.utf8.contains(UInt8(ascii: "$")) == true
      }
    }
    return isOpen ? .unknown("a variable decides which zone is used") : nil
  }

  /// `rate=30r/m` is half a request each second.
  fileprivate func rate(of zone: Int) -> FieldValue {
    let zone = index.zones[zone]
    guard zone.family == .requests else { return .absent }
    let arguments = view.arguments(zone.statement)
    guard let rate = arguments.first(where: { $0.hasPrefix("rate=") })?.dropFirst(5) else {
      return .absent
    }
    let perMinute = rate.hasSuffix("r/m")
    guard perMinute || rate.hasSuffix("r/s"),
      let number = NginxUnits.number(rate.dropLast(3).utf8)
    else { return .unknown("\"\(rate)\" is no rate") }
    return .double(Double(number) / (perMinute ? 60 : 1))
  }
}

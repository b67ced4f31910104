import Model

/// Ranges of versions in words.
enum VersionWords {
  /// The versions that have something, from the first with it to the first without it.
  static func range(since: Version?, until: Version?) -> String {
    switch (since, until) {
    case (let since?, let until?): "\(since) until \(until)"
    case (let since?, nil): "\(since) and later"
    case (nil, let until?): "before \(until)"
    case (nil, nil): ""
    }
  }
}

extension Unit {
  /// `integer` with the unit behind it, as a table shows it.
  func described(_ noun: String) -> String {
    rawValue.isEmpty ? noun : "\(noun) in \(rawValue)"
  }
}

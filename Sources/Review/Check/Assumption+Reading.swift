import Catalog
import Findings
import Syntax

extension Assumption {
  /// What readers took for granted of their entry files, sorted by path.
  static func list(_ readings: [Reading]) -> [Assumption] {
    readings.compactMap { reading in
      guard let text = reading.assumption, let entry = reading.sources.first else { return nil }
      return Assumption(path: entry.path, text: text)
    }.sorted { $0.path < $1.path }
  }
}

import Model

/// The words that a mapping is written with, for what must agree with its reader: the JSON Schema.
package enum MappingVocabulary: String, Sendable, CaseIterable {
  case format, resource, key, standard = "default"
  case formats, strictness, placeholders, kinds, types, units, specials, outside

  package var words: [String] {
    switch self {
    case .format: MappingReader.keys
    case .resource: MappingReader.resourceKeys
    case .key: MappingReader.keyKeys
    case .standard: MappingReader.standardKeys
    case .formats: FormatMapping.Format.allCases.map(\.rawValue)
    case .strictness: FormatMapping.Strictness.allCases.map(\.rawValue)
    case .placeholders: FormatMapping.Placeholder.allCases.map(\.rawValue)
    case .kinds: MappingReader.kinds.map(\.rawValue)
    case .types: MappedKey.Sort.allCases.map(\.rawValue)
    case .units:
      [.time, .size, .count].flatMap { MappingReader.units(of: $0).map(\.rawValue) }
    case .specials: MappedKey.Special.allCases.map(\.rawValue)
    case .outside: MappedKey.Outside.allCases.map(\.rawValue)
    }
  }
}

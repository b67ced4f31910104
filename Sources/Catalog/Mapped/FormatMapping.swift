import Model

/// A team's description of its own configuration files: the fields of the built-in tables, read
/// from a YAML file instead of compiled in.
package struct FormatMapping: Sendable {
  /// How the files are written.
  package enum Format: String, Sendable, CaseIterable {
    case yaml, json, toml, ini, properties, dotenv, xml
  }

  /// Which keys nobody may write that the mapping does not have.
  enum Strictness: String, Sendable, CaseIterable {
    case off = "false"
    /// Those inside a resource.
    case resources
    /// Those of the whole file.
    case file = "true"
  }

  /// How a variable's default is written.
  enum Placeholder: String, Sendable, CaseIterable {
    case colonDash = "${NAME:-default}"
    case colon = "${NAME:default}"
    case none

    /// What stands before the default.
    var mark: String? {
      switch self {
      case .colonDash: ":-"
      case .colon: ":"
      case .none: nil
      }
    }
  }

  /// The file that holds the mapping.
  package let path: String
  /// As in `--product` and in `ResourceIdentity.technology`.
  package let name: String
  let title: String
  let about: String?
  /// The version that is assumed where none is given; `nil` where versions make no difference.
  let version: Version?
  /// The patterns of the files, as written.
  let patterns: [String]
  /// Whether a path from the repository's root is one of the files.
  package let matches: @Sendable (String) -> Bool
  /// Texts that all stand in the beginning of each file.
  let contents: [[UInt8]]
  let format: Format
  let strictness: Strictness
  let placeholder: Placeholder
  /// Bytes of a `K`: 1,000 or 1,024.
  let kilo: Int64
  let resources: [MappedResource]

  /// Whether a file is of this format; its path is from the repository's root.
  package func recognises(_ file: FileCandidate) -> Bool {
    matches(file.path) && contents.allSatisfy { file.head.firstRange(of: $0) != nil }
  }

  /// The format as a product like any other.
  package var technology: Technology {
    Technology(
      name: name, title: title, defaultVersion: version ?? Version(0),
      recognises: { recognises($0) ? .byName : .no },
      read: { source, context in MappedFile(self, source, context).reading },
      reference: { reference })
  }
}

/// What a mapping makes a resource of.
struct MappedResource: Sendable {
  /// A text, or the key that holds it.
  enum Text: Sendable {
    case fixed(String)
    case key(MappedPath)
  }

  let kind: Kind
  /// The block that holds the keys, each match a resource of its own; `nil` for the whole file.
  let place: MappedPath?
  let name: Text?
  let environment: Text?
  let keys: [MappedKey]
}

/// A mistake in a mapping, with its place in the file.
package struct MappingProblem: Sendable, Hashable {
  /// Counts bytes from 0.
  package let offset: Int
  /// What is wrong; lower case, no full stop.
  package let message: String
  /// The name that was probably meant, where a name is unknown.
  package let suggestion: String?
}

/// All that is wrong with a mapping, in order.
package struct MappingError: Error, Sendable {
  package let problems: [MappingProblem]
}

extension FormatMapping {
  /// What the format's page in the documentation says.
  var reference: TechnologyReference {
    let keys = resources.flatMap { resource in
      resource.keys.map { key in
        let prefix = resource.place.map { $0.text + (format == .dotenv ? "" : ".") } ?? ""
        let known = key.poolKey(
          named: key.path.text, in: version ?? Version(0), unit: key.countedUnit)
        return known.reference(prefix: prefix)
      }
    }
    return TechnologyReference(
      files: patterns.map { "`\($0)`" }.joined(separator: ", ") + ", as `\(path)` describes them.",
      notes: about.map { [$0] } ?? [], keys: keys)
  }

  /// What the mapping looks for, for people.
  var places: String {
    let places = resources.map { resource in
      resource.place.map { "`\($0.text)`" } ?? "one of its keys at the outermost level"
    }
    return "it looks for " + places.joined(separator: " and ")
  }
}

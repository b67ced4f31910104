import Model

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

import Model

extension NginxDirectiveTable {
  /// nginx's page in the documentation.
  static var reference: TechnologyReference {
    TechnologyReference(
      files: "`nginx.conf`, other `.conf`, `.vhost` and `.nginx` files with directives of nginx, "
        + "files below `sites-*`, `conf.d` and `nginx`, dumps of `nginx -T`, and what `include` "
        + "names.",
      notes: [
        "Every directive is a field of the block it may stand in, with the value in force there: "
          + "the nearest one written on the way out, else the default of the version. Directives "
          + "that may stand several times replace everything inherited as soon as one is written.",
        "Directives of modules that are not nginx's own are known by name and place; their values "
          + "are not judged.",
      ],
      keys: shared.ids.flatMap { id in shared.rows(of: id).map { shared.referenceKey(id, $0) } })
  }

  private func rows(of id: NginxNameID) -> [NginxDirectiveInfo] {
    var rows: [NginxDirectiveInfo] = []
    _ = firstInfo(id) {
      rows.append($0)
      return false
    }
    return rows
  }

  private func referenceKey(
    _ id: NginxNameID, _ info: NginxDirectiveInfo
  ) -> TechnologyReference.Key {
    TechnologyReference.Key(
      name(id), place: places(info), value: valueWords(info), standard: standardWords(info),
      versions: VersionWords.range(since: since(info), until: removed(info)))
  }

  private func places(_ info: NginxDirectiveInfo) -> String {
    if info.contexts == .all { return "anywhere" }
    let titles = info.contexts.kinds.map { kind in
      switch kind {
      case .streamServer: "stream server"
      case .streamUpstream: "stream upstream"
      case .mailServer: "mail server"
      default: kind.title
      }
    }
    let whose = info.isThirdParty ? " (other module)" : info.isCommercial ? " (NGINX Plus)" : ""
    return titles.joined(separator: ", ") + whose
  }

  private func valueWords(_ info: NginxDirectiveInfo) -> String {
    let words =
      switch info.value {
      case .presence: "no argument"
      case .flag: "`on` or `off`"
      case .milliseconds: "time, to the ms"
      case .seconds: "time, to the s"
      case .size: "size up to `m`"
      case .offset: "size up to `g`"
      case .number: "number"
      case .enumeration: "one word of a set"
      case .words: "words of a set"
      case .buffers: "number and size"
      case .text: "text"
      case .rate: "size, or variables"
      case .texts: "texts"
      case .pairs: "name and value"
      case .block: "block"
      }
    return words + (info.isRepeatable ? ", several times" : "")
  }

  /// The default with the versions at which it changed.
  private func standardWords(_ info: NginxDirectiveInfo) -> String {
    guard info.hasHistory else { return defaultText(info, version: NginxVersions.newest) ?? "" }
    return text(info.defaults).split(separator: "~").enumerated().map { index, part in
      let words = part.split { $0 == " " || $0 == "\n" }
      guard index > 0, let version = words.first else { return words.joined(separator: " ") }
      let value = words.dropFirst().joined(separator: " ")
      return "\(value.isEmpty ? "none" : value) from \(version)"
    }.joined(separator: "; ")
  }
}

import Catalog

/// A technology's page in the documentation.
struct TechnologyPage {
  private let technology: Technology

  init(_ technology: Technology) {
    self.technology = technology
  }

  /// The page as Markdown.
  var text: String {
    let reference = technology.reference()
    var lines = [
      "# \(technology.title)", "",
      "`--product \(technology.name)=VERSION` or `products:` in `.headgate.yaml` gives the version; "
        + "without it, values are those of \(technology.defaultVersion).",
      "", "## Files", "", reference.files, "", "## How values come about", "",
    ]
    lines += Array(reference.notes.map { [$0] }.joined(separator: [""]))
    if !reference.keys.isEmpty { lines += ["", "## Keys", ""] + table(of: reference.keys) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A table of the columns that some key fills.
  private func table(of keys: [TechnologyReference.Key]) -> [String] {
    let columns: [(title: String, cell: (TechnologyReference.Key) -> String)] = [
      ("key", { Markdown.code($0.name) }),
      ("where", { Markdown.prose($0.place) }),
      ("value", { Markdown.prose($0.value) }),
      ("default", { Markdown.code($0.standard) }),
      ("field", { Markdown.code($0.field) }),
      ("versions", { Markdown.prose($0.versions) }),
    ]
    let filled = columns.filter { column in keys.contains { !column.cell($0).isEmpty } }
    return Markdown.head(filled.map(\.title))
      + keys.map { key in Markdown.row(filled.map { $0.cell(key) }) }
  }
}

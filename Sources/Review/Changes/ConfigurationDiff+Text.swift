import Findings
package import Syntax

extension ConfigurationDiff {
  /// What differs, for people: by file, `resource: key old → new`.
  package func text(color: Bool) -> String {
    var lines: [String] = []
    for group in groups {
      lines.append(Self.bold(shown(group.file), color))
      for setting in group.settings { lines.append("  " + TerminalText.safe(setting.sentence)) }
      if group.settings.isEmpty { lines.append("  no effective change") }
    }
    for path in decisions {
      lines += [Self.bold(path, color), "  what the team decided differs"]
    }
    if !skipped.isEmpty {
      lines.append("could not compare")
      lines += skipped.map { TerminalText.safe("  \($0.path): \($0.reason)") }
    }
    lines.append(summary)
    return lines.joined(separator: "\n") + "\n"
  }

  /// What differs as a table for a review.
  package var markdown: String {
    var text = "### Configuration: \(summary)\n"
    if !settings.isEmpty {
      text += "\n| file | resource | setting | before | after |\n|---|---|---|---|---|\n"
      for setting in settings {
        let cells = [
          setting.place, setting.resource,
          setting.field.map { "\(setting.key) (\($0))" }
            ?? setting.key, setting.oldValue ?? "—", setting.newValue ?? "—",
        ]
        text += "| " + cells.map(Self.cell).joined(separator: " | ") + " |\n"
      }
    }
    let idle = groups.filter { $0.settings.isEmpty }
    if !idle.isEmpty {
      text +=
        "\nNo effective change: "
        + idle.map { Self.cell($0.file.path) }.joined(separator: ", ") + "\n"
    }
    if !decisions.isEmpty {
      text +=
        "\nDecisions of the team: "
        + decisions.map(Self.cell).joined(separator: ", ") + "\n"
    }
    for file in skipped {
      text += "\nCould not compare \(Self.cell(file.path)): \(Self.cell(file.reason))\n"
    }
    return text
  }

  /// The comparison as data: fields may be added, never changed.
  package var json: JSON {
    [
      "version": 1,
      "effective": .bool(hasEffect),
      "files": .array(
        files.map { file in
          .object(present: [
            ("path", .string(file.path)), ("oldPath", file.oldPath.map { .string($0) }),
            ("technology", .string(file.technology)), ("status", .string(file.status.rawValue)),
            ("effective", .bool(settings.contains { $0.touches(file) })),
          ])
        }),
      "settings": .array(settings.map(\.json)),
      "decisions": .array(decisions.map { .string($0) }),
      "skipped": .array(
        skipped.map { ["path": .string($0.path), "reason": .string($0.reason)] }),
    ]
  }

  /// One line: `2 settings in 1 file`, or that nothing runs differently.
  package var summary: String {
    if files.isEmpty, decisions.isEmpty { return "no configuration file differs" }
    guard hasEffect else { return "no effective change" }
    let paths = Set(settings.map(\.place))
    return Self.counted(settings.count, "setting") + " in " + Self.counted(paths.count, "file")
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// A value from outside as code, which can neither end its cell nor become markup.
  private static func cell(_ text: String) -> String {
    let safe = TerminalText.safe(text).replacing("|", with: "\\|")
    var longest = 0
    var run = 0
    for character in safe {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return longest == 0 ? "`\(safe)`" : "\(fence) \(safe) \(fence)"
  }

  private static func bold(_ text: String, _ color: Bool) -> String {
    color ? "\u{1b}[1m\(TerminalText.safe(text))\u{1b}[0m" : TerminalText.safe(text)
  }

  private func shown(_ file: File) -> String {
    switch file.status {
    case .added: "\(file.path) (new)"
    case .removed: "\(file.path) (removed)"
    case .renamed: "\(file.path) (was \(file.oldPath ?? ""))"
    case .changed: file.path
    }
  }

  /// The settings by the file that decides them; first those of files that differ themselves.
  private var groups: [(file: File, settings: [SettingDifference])] {
    let known = Set(files.flatMap { [$0.path, $0.oldPath].compactMap { $0 } })
    var groups = files.map { file in (file, settings.filter { $0.touches(file) }) }
    let others = Dictionary(
      grouping: settings.filter { !known.contains($0.place) && !known.contains($0.path) },
      by: \.place)
    for (path, settings) in others.sorted(by: { $0.key < $1.key }) {
      let file = File(
        path: path, oldPath: nil, technology: settings[0].technology, status: .changed)
      groups.append((file, settings))
    }
    return groups
  }
}

extension SettingDifference {
  /// The file of the line that decides.
  fileprivate var place: String { decidingFile }

  fileprivate func touches(_ file: ConfigurationDiff.File) -> Bool {
    [file.path, file.oldPath].contains(place)
      || place != path && [file.path, file.oldPath].contains(path)
  }

  fileprivate var sentence: String {
    let name = field.map { "\(key) (\($0))" } ?? key
    let line = (new?.line ?? old?.line).map { "  line \($0)" } ?? ""
    return "\(resource): \(name)  \(oldValue ?? "—") → \(newValue ?? "—")\(line)"
  }

  fileprivate var json: JSON {
    .object(present: [
      ("path", .string(path)), ("technology", .string(technology)),
      ("resource", .string(resource)), ("key", .string(key)),
      ("field", field.map { .string($0) }), ("old", oldValue.map { .string($0) }),
      ("new", newValue.map { .string($0) }), ("file", .string(place)),
      ("oldLine", old?.line.map { .number($0) }), ("newLine", new?.line.map { .number($0) }),
    ])
  }
}

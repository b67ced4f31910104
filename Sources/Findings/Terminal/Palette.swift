/// The few colours of a report, or none.
struct Palette: Sendable {
  /// What a piece of text is, not how it looks.
  enum Role: Sendable, Hashable {
    case severity(Severity)
    /// The sentence that says what is wrong.
    case message
    case path
    /// Line numbers and the frame of a snippet.
    case frame
    case removed, added
    /// The last line, when nothing is wrong.
    case good
  }

  let isOn: Bool

  func paint(_ text: String, _ role: Role) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(code(role))m\(text)\u{1B}[0m" : text
  }

  /// The parameters of "select graphic rendition" (ECMA-48): the eight basic colours follow the
  /// reader's own theme.
  private func code(_ role: Role) -> String {
    switch role {
    case .severity(.error): "1;31"
    case .severity(.warning): "1;33"
    case .severity(.note): "1;34"
    case .message: "1"
    case .path: "36"
    case .frame: "2"
    case .removed: "31"
    case .added: "32"
    case .good: "32"
    }
  }
}

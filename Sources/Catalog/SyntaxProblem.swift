import Model
import Syntax

extension Problem {
  /// What a format's reader found wrong in `source`.
  init(_ error: SyntaxError, in source: SourceText) {
    self.init(
      kind: .syntax, origin: Origin(path: source.path, range: error.range),
      message: error.message, help: error.help)
  }

  /// The same, but a template where `text`, what stands at the fault, is one.
  init(_ error: SyntaxError, in source: SourceText, unlessTemplate text: String) {
    guard ConfigurationText.isTemplate(text) else {
      self.init(error, in: source)
      return
    }
    self.init(
      kind: .unknown, origin: Origin(path: source.path, range: error.range),
      message: "this line is a template", help: "check the file that the template makes")
  }
}

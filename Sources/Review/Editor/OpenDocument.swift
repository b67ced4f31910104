import Syntax

/// A file as it stands in the editor, saved or not.
struct OpenDocument: Sendable {
  /// The editor's own spelling of its address.
  let uri: String
  private(set) var version: Int64?
  private(set) var bytes: [UInt8]

  init(uri: String, version: Int64?, text: String) {
    self.uri = uri
    self.version = version
    bytes = Array(text.utf8)
  }

  /// Makes the changes of a notification, one after the other.
  ///
  /// A change that makes no sense is passed over: the next one with the whole text mends it.
  mutating func apply(_ changes: [JSON], version: Int64?, _ encoding: PositionEncoding) {
    for change in changes {
      guard let text = change["text"]?.stringValue else { continue }
      guard let range = change["range"], range != .null else {
        bytes = Array(text.utf8)
        continue
      }
      if let range = TextCoordinates(bytes, encoding).range(range) {
        bytes.replaceSubrange(range, with: text.utf8)
      }
    }
    self.version = version ?? self.version
  }
}

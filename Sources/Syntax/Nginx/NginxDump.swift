/// The output of `nginx -T`: all files of a configuration in one text.
///
/// People pass such a dump on instead of the files. Read as one file it is wrong: the contents of
/// an included file stand behind those of the file that includes it, outside its blocks.
package struct NginxDump: Sendable {
  /// The files in nginx's order: the main file first, then each as it is included.
  package let files: [SourceText]

  private static let heading = Array("# configuration file ".utf8)
  private static let remark = Array("nginx: ".utf8)

  /// Takes a dump apart.
  ///
  /// nginx's own remarks may stand before the first file, as they do when its error output was
  /// kept with the rest. A comment of a file that looks like a heading is taken for one.
  ///
  /// - Returns: `nil` when the text does not begin as a dump does.
  package init?(_ source: SourceText) {
    var files: [SourceText] = []
    var path: String?
    var start = 0
    var offset = 0
    let bytes = source.bytes
    while offset < bytes.count {
      let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let line = bytes[offset..<end]
      if let next = Self.path(inHeading: line) {
        if let path { files.append(Self.file(path, bytes[start..<offset])) }
        path = next
        start = min(end + 1, bytes.count)
      } else if path == nil, !line.starts(with: Self.remark) {
        return nil
      }
      offset = end + 1
    }
    guard let path else { return nil }
    files.append(Self.file(path, bytes[start...]))
    self.files = files
  }

  private static func path(inHeading line: ArraySlice<UInt8>) -> String? {
    guard line.starts(with: heading), line.last == UInt8(ascii: ":") else { return nil }
    let path = line.dropFirst(heading.count).dropLast()
    return path.isEmpty ? nil : String(decoding: path, as: UTF8.self)
  }

  /// A file without the line feed that nginx adds behind its contents.
  private static func file(_ path: String, _ contents: ArraySlice<UInt8>) -> SourceText {
    let added = contents.last == UInt8(ascii: "\n") ? 1 : 0
    return SourceText(path: path, bytes: Array(contents.dropLast(added)))
  }
}

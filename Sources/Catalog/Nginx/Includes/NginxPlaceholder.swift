/// Text that a template engine replaces before nginx sees the file.
enum NginxPlaceholder {
  /// Whether `text` holds a variable or a mark of a template engine, so that its value is open.
  static func isIn(_ text: some Sequence<UInt8>) -> Bool {
    var last: UInt8 = 0
    for byte in text {
      switch byte {
      case UInt8(ascii: "$"): return true
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "%"), UInt8(ascii: "@"),
        UInt8(ascii: "_"):
        // `{{ x }}`, `%%X%%`, `@@X@@` and `__X__`; `<% x %>` is caught below.
        if last == byte { return true }
      default: break
      }
      if last == UInt8(ascii: "<"), byte == UInt8(ascii: "%") || byte == UInt8(ascii: "$") {
        return true
      }
      last = byte
    }
    return false
  }
}

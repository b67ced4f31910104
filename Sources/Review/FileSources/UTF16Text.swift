import Catalog

/// Text that an editor of Windows may have saved in UTF-16.
struct UTF16Text {
  /// The first part of it in UTF-8, enough to recognise whose file it is.
  let beginning: [UInt8]

  /// - Returns: `nil` for bytes that are no such text: without a byte order mark every second byte
  ///   of a configuration's beginning is zero.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 4 else { return nil }
    let isLittle: Bool
    var start = 0
    switch (bytes[0], bytes[1]) {
    case (0xFF, 0xFE): (isLittle, start) = (true, 2)
    case (0xFE, 0xFF): (isLittle, start) = (false, 2)
    case (1..., 0) where bytes[2] != 0 && bytes[3] == 0: isLittle = true
    case (0, 1...) where bytes[2] == 0 && bytes[3] != 0: isLittle = false
    default: return nil
    }
    let end = min(bytes.count - 1, start + FileCandidate.sniffLimit)
    let units = stride(from: start, to: end, by: 2).map { place in
      let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      return isLittle ? second << 8 | first : first << 8 | second
    }
    let text = String(decoding: units, as: UTF16.self)
    guard text.utf8.first(where: { $0 == 0 }) == nil else { return nil }
    beginning = Array(text.utf8)
  }
}

/// A token of YAML, as the grammar sees the file.
struct YAMLToken {
  enum Kind: UInt8 {
    case streamEnd, directive, documentStart, documentEnd
    case blockSequenceStart, blockMappingStart, blockEnd
    case flowSequenceStart, flowSequenceEnd, flowMappingStart, flowMappingEnd
    case blockEntry, flowEntry, key, value
    case alias, anchor, tag, scalar
  }

  var kind: Kind
  var start: Int
  var end: Int
  var style = YAMLStyle.plain
  /// The bytes inside a scalar's quotes, of an anchor's name or of a tag's suffix.
  var contentStart = 0
  var contentEnd = 0
  /// Index of a scalar's decoded bytes; -1 where they are the content.
  var value = -1

  /// What messages call it, in libyaml's manner.
  var name: String {
    switch kind {
    case .streamEnd: "the end of the file"
    case .directive: "a directive"
    case .documentStart: "a document start"
    case .documentEnd: "a document end"
    case .blockSequenceStart: "a block sequence"
    case .blockMappingStart: "a block mapping"
    case .blockEnd: "the end of the block"
    case .flowSequenceStart: "'['"
    case .flowSequenceEnd: "']'"
    case .flowMappingStart: "'{'"
    case .flowMappingEnd: "'}'"
    case .blockEntry: "'-'"
    case .flowEntry: "','"
    case .key: "a key"
    case .value: "':'"
    case .alias: "an alias"
    case .anchor: "an anchor"
    case .tag: "a tag"
    case .scalar: "a scalar"
    }
  }
}

/// Why a document cannot be read on, and which lines to skip so that it can.
struct YAMLFault: Error {
  var range: Range<Int>
  var message: String
  var help: String?
  /// Where the construct at fault begins, when on an earlier line; its lines are skipped as well.
  var context: Int?
}

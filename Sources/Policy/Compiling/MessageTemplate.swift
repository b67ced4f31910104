import CEL

/// A message with expressions in `{{` and `}}`, ready to be filled in.
struct MessageTemplate: Sendable {
  enum Part: Sendable {
    case text(String)
    case expression(Program)
  }

  let parts: [Part]

  /// A stretch of a template's text.
  enum Piece: Hashable {
    case text(String)
    /// An expression and the byte of the template at which it begins.
    case expression(String, offset: Int)
  }

  /// A template whose braces don't match, and where.
  struct Mistake: Error {
    let message: String
    let offset: Int
  }

  /// Splits a template; `{{` begins an expression and the next `}}` outside of quotes ends it.
  static func pieces(of template: String) throws(Mistake) -> [Piece] {
    let bytes = Array(template.utf8)
    var pieces: [Piece] = []
    var start = 0
    var offset = 0
    while offset < bytes.count {
      guard isPair(UInt8(ascii: "{"), at: offset, in: bytes) else {
        offset += 1
        continue
      }
      guard let end = end(of: offset + 2, in: bytes) else {
        throw Mistake(message: "`{{` without `}}`", offset: offset)
      }
      if offset > start { pieces.append(.text(text(bytes[start..<offset]))) }
      pieces.append(.expression(text(bytes[offset + 2..<end]), offset: offset + 2))
      offset = end + 2
      start = offset
    }
    if start < bytes.count { pieces.append(.text(text(bytes[start...]))) }
    return pieces
  }

  private static func end(of start: Int, in bytes: [UInt8]) -> Int? {
    var quote: UInt8?
    var offset = start
    while offset < bytes.count {
      let byte = bytes[offset]
      if let open = quote {
        if byte == UInt8(ascii: "\\") { offset += 1 }
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if isPair(UInt8(ascii: "}"), at: offset, in: bytes) {
        return offset
      }
      offset += 1
    }
    return nil
  }

  private static func isPair(_ byte: UInt8, at offset: Int, in bytes: [UInt8]) -> Bool {
    offset + 1 < bytes.count && bytes[offset] == byte && bytes[offset + 1] == byte
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// Compiles a template in `environment`; the first mistake is thrown with its place in the
  /// template.
  init(_ template: String, in environment: Environment) throws(CELError) {
    let pieces: [Piece]
    do throws(Mistake) {
      pieces = try Self.pieces(of: template)
    } catch {
      throw CELError(message: error.message, range: error.offset..<error.offset + 2)
    }
    var parts: [Part] = []
    for piece in pieces {
      switch piece {
      case .text(let text): parts.append(.text(text))
      case .expression(let source, let offset):
        do throws(CELError) {
          parts.append(.expression(try environment.compile(source)))
        } catch {
          let range = error.range.lowerBound + offset..<error.range.upperBound + offset
          throw CELError(message: error.message, range: range, suggestion: error.suggestion)
        }
      }
    }
    self.parts = parts
  }

  /// The message for these variables; what cannot be known reads `unknown`.
  ///
  /// - Parameter trace: what it read of the first variable is added to it.
  func text(
    _ variables: [Value], _ trace: inout ReadTrace
  ) throws(EvaluationError) -> String {
    var text = ""
    for part in parts {
      switch part {
      case .text(let piece): text += piece
      case .expression(let program):
        switch program.evaluate(variables, trace: &trace) {
        case .value(let value): text += value.messageText
        case .unknown: text += "unknown"
        case .error(let error): throw error
        }
      }
    }
    return text
  }

  var fieldReferences: [FieldReference] {
    parts.flatMap { part -> [FieldReference] in
      if case .expression(let program) = part { program.fieldReferences } else { [] }
    }
  }
}

extension Value {
  /// The value as it reads within a sentence.
  var messageText: String {
    switch self {
    case .null: "none"
    case .bool(let value): value.description
    case .int(.max): "unlimited"
    case .int(let value): value.description
    case .uint(let value): value.description
    case .double(let value): Int64(exactly: value)?.description ?? value.description
    case .string(let value): value
    case .duration(let value): DurationText.text(value)
    case .list(let values): values.map(\.messageText).joined(separator: ", ")
    case .bytes, .map, .type, .timestamp, .optional, .object: typeName
    }
  }
}

import FoundationEssentials
import Syntax

/// The shared vectors of nginx, and the files beside them.
///
/// In the directory that HEADGATE_SHARED names, else in `shared` beside the checkout.
enum NginxVectors {
  static let root: String = {
    if let named = ProcessInfo.processInfo.environment["HEADGATE_SHARED"] { return named }
    let checkout = #filePath.split(separator: "/").dropLast(6).joined(separator: "/")
    return "/" + checkout + "/shared"
  }()

  static let tokens = root + "/data/nginx-tokens.json"
  static let corpus = root + "/corpora/nginx/"

  static var areHere: Bool { FileManager.default.fileExists(atPath: tokens) }

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// One case of the token vectors.
  struct Case: Decodable {
    let id: String
    let config: String?
    let config_b64: String?
    let expect: Outcome
    let before: [[Word]]?

    var bytes: [UInt8] {
      config.map { Array($0.utf8) } ?? config_b64.flatMap { Data(base64Encoded: $0) }.map(
        Array.init)
        ?? []
    }
  }

  /// What nginx's reader makes of a case: its statements or its error.
  struct Outcome: Decodable {
    let tokens: [[Word]]?
    let error: Word?
    let line: Int?
  }

  /// Text, or bytes that are no text.
  struct Word: Decodable, Hashable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
    }

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {  // else an object
        bytes = Array(text.utf8)
      } else {
        let encoded = try decoder.singleValueContainer().decode([String: String].self)["b64"] ?? ""
        bytes = Array(Data(base64Encoded: encoded) ?? Data())
      }
    }
  }

  /// One line of the corpus' expectations.
  struct Expectation: Decodable {
    let file: String
    let bytes: Int
    let directives: Int?
    let blocks: Int?
    let sha256: String?
    let error: String?
    let line: Int?
    let directives_before: Int?
  }

  static func cases() throws -> [Case] {
    try JSONDecoder().decode([Case].self, from: Data(try bytes(tokens)))
  }

  static func expectations() throws -> [Expectation] {
    try bytes(corpus + "expected.jsonl").split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Expectation.self, from: Data($0))
    }
  }
}

import FoundationEssentials
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The official schemas of formats, applied by other people's validators where these are there.
enum SchemaValidator {
  static func canCheckJSON(_ schema: String) -> Bool {
    SharedFile.exists(schema) && system("python3 -c 'import jsonschema' 2>/dev/null") == 0
  }

  static func canCheckXML(_ schema: String) -> Bool {
    SharedFile.exists(schema) && (hasXMLLint || hasXMLSchema)
  }

  static func json(_ bytes: [UInt8], _ schema: String, draft: String) throws {
    let program = """
      import json, sys, jsonschema
      schema, log = (json.load(open(name)) for name in sys.argv[1:])
      jsonschema.\(draft)Validator(schema).validate(log)
      """
    try check(bytes) { "python3 -c '\(program)' '\(SharedFile.path(schema))' '\($0)'" }
  }

  static func xml(_ bytes: [UInt8], _ schema: String) throws {
    let path = SharedFile.path(schema)
    let program = "import sys, xmlschema; xmlschema.validate(sys.argv[2], sys.argv[1])"
    try check(bytes) { file in
      hasXMLLint
        ? "xmllint --nonet --noout --schema '\(path)' '\(file)' 2>/dev/null"
        : "python3 -c '\(program)' '\(path)' '\(file)'"
    }
  }

  private static let hasXMLLint = system("command -v xmllint >/dev/null 2>&1") == 0
  private static let hasXMLSchema = system("python3 -c 'import xmlschema' 2>/dev/null") == 0

  private static func check(_ bytes: [UInt8], _ command: (String) -> String) throws {
    let name = "headgate-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    let file = "\(SharedFile.temporaryDirectory)/\(name)"
    try Data(bytes).write(to: URL(filePath: file))
    defer { unlink(file) }
    #expect(system(command(file)) == 0)
  }
}

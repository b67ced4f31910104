import Testing

/// Reports of real files by the schemas of their formats, applied by other people's validators.
@Suite(
  "Report schemas", .timeLimit(.minutes(15)),
  .enabled(if: SharedVectors.areHere, "the shared vectors are not here"))
struct ReportSchemaTests {
  private static let schemas = "\(SharedVectors.folder)/data/schemas"
  private static let folders = [
    "\(Checkout.path)/examples", "\(SharedVectors.folder)/corpora/stack",
    "\(SharedVectors.folder)/corpora/pools",
  ]

  fileprivate static func has(_ condition: String) -> Bool {
    (try? Program.shell(condition, in: "/").status) == 0  // no shell, no validator
  }

  private func reports(_ folder: String, _ formats: [String]) throws -> TemporaryFolder {
    let scratch = try TemporaryFolder()
    let outputs = formats.flatMap { ["--output", "\($0):\(scratch.path)/\($0)"] }
    let run = try Program.headgate(
      ["check", "--format", "concise", "--fail-on", "note"] + outputs + [folder], in: scratch.path)
    #expect(run.output.split(separator: "\n").count > 1, "\(folder): \(run.errors)")
    return scratch
  }

  @Test(
    "SARIF and GitLab",
    .enabled(
      if: has("python3 -c 'import jsonschema'"), "python3 with jsonschema is not here"),
    arguments: folders)
  func json(folder: String) throws {
    let scratch = try reports(folder, ["sarif", "gitlab"])
    try scratch.write(
      "validate.py",
      """
      import json, sys, jsonschema
      schemas, folder = sys.argv[1:]
      def check(report, schema, validator):
          schema = json.load(open(f"{schemas}/{schema}"))
          validator(schema).validate(json.load(open(f"{folder}/{report}")))
      check("sarif", "sarif-schema-2.1.0.json", jsonschema.Draft4Validator)
      check("gitlab", "gitlab-code-quality.schema.json", jsonschema.Draft7Validator)
      """)
    let run = try Program.shell(
      "python3 validate.py '\(Self.schemas)' '\(scratch.path)'", in: scratch.path)
    #expect(run.status == 0, "\(folder): \(run.errors.suffix(600))")
  }

  @Test(
    "JUnit",
    .enabled(
      if: has("command -v xmllint || python3 -c 'import xmlschema'"),
      "neither xmllint nor python3 with xmlschema is here"), arguments: folders)
  func xml(folder: String) throws {
    let scratch = try reports(folder, ["junit"])
    let schema = "\(Self.schemas)/junit-10.xsd"
    let run = try Program.shell(
      """
      if command -v xmllint >/dev/null; then
        xmllint --nonet --noout --schema '\(schema)' junit
      else
        python3 -c 'import sys, xmlschema; xmlschema.validate(*sys.argv[1:])' junit '\(schema)'
      fi
      """, in: scratch.path)
    #expect(run.status == 0, "\(folder): \(run.errors.suffix(600))")
  }
}

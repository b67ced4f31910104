import ArgumentParser

/// What a check lives with, and how much of it is shown.
struct ExceptionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Findings in this file are known; .headgate-baseline.json in the root by default.",
      valueName: "file"))
  var baseline: String?

  @Flag(help: "Adopt all findings into the baseline; where there is one, only shrink it.")
  var updateBaseline = false

  @Flag(help: "Remove what the baseline no longer needs.")
  var prune = false

  @Flag(help: "Also show findings that are suppressed, waived or known.")
  var showSuppressed = false

  /// Whether the baseline is to be written.
  var changesBaseline: Bool { updateBaseline || prune }
}

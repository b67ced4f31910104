package import Catalog
package import Model
package import Policy
package import Syntax

/// A team's decisions and the rules in force, ready to check with.
package struct Project: Sendable {
  package let configuration: Configuration
  /// The team's own formats.
  package let formats: [FormatMapping]
  package let policy: PolicySet
  package let versions: [String: Version]
  /// The products whose version was given on the command line.
  private let given: Set<String>
  /// The text of `.headgate.yaml`; `nil` where there is none.
  package let configurationSource: SourceText?
  /// The team's own rules and the shared ones, as they were read.
  package let ownRules: [LoadedRule]

  /// A project of the built-in rules and the team's own.
  ///
  /// - Parameters:
  ///   - configuration: the text of `.headgate.yaml`; `nil` where there is none.
  ///   - files: the files of the same version from the root, for the team's own rules.
  ///   - products: `NAME=VERSION`, which win over the configuration's.
  /// - Throws: `Failure` with every mistake and its place.
  package init(
    configuration source: SourceText?, files: any FileSource, products: [String] = []
  ) throws(Failure) {
    configurationSource = source
    do throws(PolicyError) {
      var decisions =
        try source.map { source throws(PolicyError) in
          try ConfigurationReader.read(source)
        } ?? .defaults
      let ownFormats = try TeamFormats(decisions.formats, files: files)
      decisions.format = { ownFormats.name(of: $0) }
      configuration = decisions
      formats = ownFormats.mappings
      if let source { try DecisionCheck(source).check(decisions, formats: formats) }
    } catch {
      throw Failure(error.description)
    }
    ownRules = try OwnRules(configuration, files: files).rules
    do throws(PolicyError) {
      policy = try PolicySet(
        rules: OwnRules.joined(with: ownRules), schema: Catalog.schema,
        configuration: configuration)
    } catch {
      throw Failure(error.description)
    }
    let given = try Self.versions(products, Catalog.productNames + formats.map(\.name))
    versions = configuration.products.merging(given) { _, given in given }
    self.given = Set(given.keys)
  }

  /// Reads configuration files as this project declares them.
  package var collector: Collector {
    let configuration = configuration
    return Collector(
      versions: versions, given: given, environment: { configuration.environment(of: $0) },
      technology: { configuration.technology(of: $0) },
      isGoverned: { configuration.governs($0) }, formats: formats)
  }

  package var checker: Checker {
    Checker(
      collector: collector, policy: policy, declaration: configuration.loadPath,
      configuration: configurationSource)
  }

  private static func versions(
    _ products: [String], _ names: [String]
  ) throws(Failure) -> [String: Version] {
    var versions: [String: Version] = [:]
    for product in products {
      let parts = product.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let version = Version(parts[1]) else {
        throw Failure(
          "--product \(product) is not NAME=VERSION", help: "write --product nginx=1.29.7")
      }
      guard names.contains(parts[0]) else {
        throw Failure(
          "--product \(product): no product is called \(parts[0])",
          help: Suggestion.nearest(to: parts[0], in: names).map { "did you mean \($0)?" }
            ?? "known products: \(names.joined(separator: ", "))")
      }
      versions[parts[0]] = version
    }
    return versions
  }
}

import Model
import Syntax

/// The pool that one address says all about: where it leads and, in its parameters, how large.
struct AddressPool {
  private let file: PoolFile
  private let name: String
  private let address: String
  private let written: Range<Int>

  /// The pool of an address.
  ///
  /// - Parameters:
  ///   - file: the file that the address stands in.
  ///   - name: the variable or block that has it.
  ///   - address: the address with its references filled in.
  ///   - written: the bytes of the address in the file.
  init(_ file: PoolFile, name: String, address: String, written: Range<Int>) {
    self.file = file
    self.name = name
    self.address = address
    self.written = written
  }

  /// The pool of `product`, or of the product that the address shows.
  func pool(of product: PoolProduct? = nil, environment: String? = nil) -> SettingsResource {
    let product = product ?? PoolProduct.product(of: address)
    let parameters =
      address.hasPrefix("jdbc:") ? [] : DatabaseURL(address)?.parameters ?? []
    let url = PoolInput(
      key: "url", written: file.source.text(written), origin: file.origin(written),
      value: ConfigurationText.isTemplate(address)
        ? .unknown(ConfigurationText.templateNote) : .text(address))
    let inputs = parameters.map { parameter in
      // A parameter of which the file has another form cannot be replaced at its place.
      let own = place(of: parameter)
      return PoolInput(
        key: parameter.name, written: parameter.value, origin: file.origin(own ?? written),
        value: Self.value(parameter.value, product.key(named: parameter.name)),
        provenance: own == nil ? .inherited : .explicit)
    }
    return file.pool(
      product, name, at: written,
      settings: product.settings([url] + inputs, version: file.version(product)),
      facts: DatabaseTarget.facts(address), environment: environment)
  }

  /// The parameter's own bytes, where the file has the address as it is.
  private func place(of parameter: DatabaseURL.Parameter) -> Range<Int>? {
    let range =
      written.lowerBound + parameter.range.lowerBound..<written.lowerBound
      + parameter.range.upperBound
    let isSame =
      range.upperBound <= written.upperBound && file.source.text(range) == parameter.value
    return isSame && !range.isEmpty ? range : nil
  }

  private static func value(_ text: String, _ key: PoolKey?) -> PoolInput.Value {
    if ConfigurationText.isTemplate(text) { return .unknown(ConfigurationText.templateNote) }
    switch key?.kind {
    case .count, .time, .size: return NumberText.decimal(text)
    case .fraction: return GoDuration.seconds(text)
    case .bool:
      switch text {
      case "true": return .bool(true)
      case "false": return .bool(false)
      default: return .refused("\"\(text)\" is not true or false")
      }
    case .text, .secret, nil: return .text(text)
    }
  }
}

/// Go's way of writing durations: `1h30m`, `300ms`, `1.5h`.
enum GoDuration {
  /// Seconds as text, refused where it is none.
  static func seconds(_ text: String) -> PoolInput.Value {
    var rest = text[...]
    var total = 0.0
    let sign = rest.first == "-" ? -1.0 : 1.0
    if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
    let refusal = PoolInput.Value.refused("time: invalid duration \"\(text)\"")
    if rest == "0" { return .text("0.0") }
    guard !rest.isEmpty else { return refusal }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest[number.endIndex...]
      let unit = rest.prefix { !($0.isASCII && ($0.isNumber || $0 == ".")) }
      rest = rest[unit.endIndex...]
      guard let value = Double(number), let factor = factors[String(unit)] else { return refusal }
      total += value * factor
    }
    return .text(String(total * sign))
  }

  private static let factors: [String: Double] = [
    "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3_600,
  ]
}

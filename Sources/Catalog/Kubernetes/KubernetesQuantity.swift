/// A quantity of Kubernetes: `500m`, `1.5`, `512Mi`, `1e3`.
///
/// Source: the API's serialisation format of resource quantities.
enum KubernetesQuantity {
  /// The number that a text stands for; `nil` where it is no quantity.
  static func value(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    let end = bytes.firstIndex { !isDigit($0) && !"+-.".utf8.contains($0) } ?? bytes.count
    guard end > 0, let number = Double(String(decoding: bytes[..<end], as: UTF8.self)) else {
      return nil
    }
    let suffix = String(decoding: bytes[end...], as: UTF8.self)
    if let factor = factors[suffix] { return number * factor }
    guard suffix.first == "e" || suffix.first == "E" else { return nil }
    return Double(text)
  }

  /// Whole bytes, rounded up; `nil` where a text is no amount of memory.
  static func bytes(_ text: String) -> Int64? {
    guard let value = value(text), value >= 0, value < Double(Int64.max) else { return nil }
    return Int64(value.rounded(.up))
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static let factors: [String: Double] = [
    "": 1, "n": 1e-9, "u": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15,
    "E": 1e18, "Ki": 1_024, "Mi": 1_048_576, "Gi": 1_073_741_824, "Ti": 1_099_511_627_776,
    "Pi": 1_125_899_906_842_624, "Ei": 1_152_921_504_606_846_976,
  ]
}

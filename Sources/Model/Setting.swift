/// Where a setting's value comes from.
package enum Provenance: String, Sendable, Hashable, CaseIterable {
  /// Runs as written.
  case explicit
  /// Written nowhere: the product's default for its version.
  case `default`
  /// Written in an enclosing or earlier place (nginx contexts, Spring profiles, global keys).
  case inherited
  /// Written, but the product runs another value: clamped, reset, ignored or overridden.
  case clamped
  /// The default of a placeholder such as `${DB_POOL:10}`; the environment may override it.
  case placeholder
  /// Cannot be known from the files: a template, a placeholder without default, an unread include.
  case unknown
}

/// A value as the product holds it, in the product's own unit.
package enum Scalar: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case string(String)
}

/// What a special number means to its product; `0` and `-1` are never compared as numbers.
package enum Meaning: String, Sendable, Hashable {
  /// A count without bound.
  case unlimited
  /// A time without end.
  case forever
  /// The mechanism is off.
  case disabled
  /// Nothing is waited for.
  case immediate
}

/// The unit of a setting's number.
package enum Unit: String, Sendable, Hashable {
  case none = ""
  case connection, client, thread, process, request, server, percent
  case microsecond = "us"
  case millisecond = "ms"
  case second = "s"
  case minute = "min"
  case hour = "h"
  case day = "d"
  case byte = "B"
  case kibibyte = "kB"
  case mebibyte = "MB"
  case page8 = "8kB"

  /// Microseconds in one unit of time, `nil` for other units.
  package var microseconds: Int64? {
    switch self {
    case .microsecond: 1
    case .millisecond: 1_000
    case .second: 1_000_000
    case .minute: 60_000_000
    case .hour: 3_600_000_000
    case .day: 86_400_000_000
    default: nil
    }
  }

  /// Bytes in one unit of size, `nil` for other units.
  package var bytes: Int64? {
    switch self {
    case .byte: 1
    case .kibibyte: 1_024
    case .mebibyte: 1_048_576
    case .page8: 8_192
    default: nil
    }
  }
}

/// The bytes that decided something.
package struct Origin: Sendable, Hashable {
  /// The path as shown to the user.
  package let path: String
  /// Byte offsets from 0.
  package let range: Range<Int>

  package init(path: String, range: Range<Int>) {
    self.path = path
    self.range = range
  }
}

/// One key of one product: what is written, what runs, and why they differ.
package struct Setting: Sendable, Hashable {
  /// The product's own spelling, as the product reports it: `maximumPoolSize`.
  package let key: String
  /// The vendor-neutral name within the resource's kind (`max_size`), where there is one.
  package let field: String?
  /// The text in the file, unchanged; `nil` when written nowhere.
  package let written: String?
  /// What the product runs with, in `unit`; `nil` when that cannot be known.
  package let effective: Scalar?
  /// What a special number means, where `effective` is one.
  package let meaning: Meaning?
  package let unit: Unit
  package let provenance: Provenance
  /// The value in the file (the key where there is no value); `nil` when written nowhere.
  package internal(set) var origin: Origin?
  /// Why the effective value is not the written one, or why it is unknown; no full stop.
  package let note: String?
  /// The product's reason to refuse to start because of this line; no full stop.
  package let refusal: String?
  /// A password or the like: every output masks it.
  package let isSecret: Bool
  /// The other text of an earlier line of the same file for the same key; `nil` where none differs.
  package let overridden: String?

  package init(
    key: String, field: String? = nil, written: String? = nil, effective: Scalar?,
    meaning: Meaning? = nil, unit: Unit = .none, provenance: Provenance, origin: Origin? = nil,
    note: String? = nil, refusal: String? = nil, isSecret: Bool = false,
    overridden: String? = nil
  ) {
    self.key = key
    self.field = field
    self.written = written
    self.effective = effective
    self.meaning = meaning
    self.unit = unit
    self.provenance = provenance
    self.origin = origin
    self.note = note
    self.refusal = refusal
    self.isSecret = isSecret
    self.overridden = overridden
  }
}

extension Setting {
  /// What stands for a secret in every output; the same as in shown lines of files.
  package static let mask = "********"

  /// The written text, masked when it is a secret.
  package var shownWritten: String? { isSecret ? written.map { _ in Setting.mask } : written }
}

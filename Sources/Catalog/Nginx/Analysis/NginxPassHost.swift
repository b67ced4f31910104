/// Which variables of a client decide the host that a request is handed on to.
extension NginxConfiguration {
  /// The variables, each with its way, of the host in the first argument of a pass.
  ///
  /// A variable counts where it can bring a dot, and can end the host where letters follow: then
  /// the client chooses the domain. Behind a slash or a colon it no longer decides the host.
  func hostSources(ofPass place: Int) -> (found: [NginxSource], unknown: String?) {
    guard let target = view.argument(0, of: place), target.utf8.contains(UInt8(ascii: "$")) else {
      return ([], nil)
    }
    let pieces = Self.hostPieces(NginxInterpolation(target).pieces)
    var finder = NginxTaintFinder(self)
    var found: [NginxSource] = []
    var unknown: String?
    for (number, piece) in pieces.enumerated() {
      if case .placeholder(let name) = piece { unknown = "${\(name)} is filled in elsewhere" }
      guard case .variable(let name) = piece else { continue }
      let taint = finder.taint(of: name, at: .init(place))
      // What begins with a slash or a question mark stands behind the host.
      if !taint.first.isEmpty, taint.first.isSubset(of: ByteSet("/?")) { break }
      if let reason = taint.unknown { unknown = unknown ?? reason }
      let isLast = pieces.dropFirst(number + 1).allSatisfy(Self.isPort)
      let canEndHost = !taint.bytes.isDisjoint(with: ByteSet("/?#"))
      if taint.bytes.contains(UInt8(ascii: ".")), isLast || canEndHost {
        found.append(NginxSource(name: name, taint: taint))
      }
    }
    return (found, unknown)
  }

  private static func isPort(_ piece: NginxInterpolation.Piece) -> Bool {
    if case .text(let bytes) = piece { bytes.first == UInt8(ascii: ":") } else { false }
  }

  /// The pieces between the scheme and the port or path.
  private static func hostPieces(
    _ pieces: [NginxInterpolation.Piece]
  ) -> [NginxInterpolation.Piece] {
    var host: [NginxInterpolation.Piece] = []
    for piece in pieces {
      guard case .text(let bytes) = piece else {
        host.append(piece)
        continue
      }
      var rest = bytes[...]
      if let scheme = Self.endOfScheme(rest) {
        host = []
        rest = rest[scheme...]
      }
      let end = rest.firstIndex { ByteSet("/?").contains($0) }
      let part = Array(rest[..<(end ?? rest.endIndex)])
      if !part.isEmpty { host.append(.text(part)) }
      // A port that a client chooses still leads to the same host.
      if end != nil || part.contains(UInt8(ascii: ":")) { break }
    }
    return host
  }

  private static func endOfScheme(_ bytes: ArraySlice<UInt8>) -> Int? {
    let mark = Array("://".utf8)
    guard bytes.count >= mark.count else { return nil }
    return (bytes.startIndex...bytes.endIndex - mark.count).first {
      bytes[$0..<$0 + mark.count].elementsEqual(mark)
    }.map { $0 + mark.count }
  }
}

/// A variable with what a client decides of it.
struct NginxSource: Sendable {
  let name: String
  let taint: NginxTaint

  /// The variable and how a client's bytes get there, as a message shows it.
  var text: String {
    guard !taint.way.isEmpty else { return "$\(name)" }
    return "$\(name) (\(taint.way.joined(separator: ", ")))"
  }
}

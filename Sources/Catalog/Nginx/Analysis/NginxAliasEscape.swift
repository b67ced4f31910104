/// Looks for requests that leave the folder of an `alias`.
extension NginxConfiguration {
  /// The path of a request that an `alias` turns into one outside of its folder; `nil` where none
  /// was found.
  ///
  /// nginx puts the rest of the path behind the folder. Where the location does not end with a
  /// slash, that rest can be `../`, which nginx did not resolve as it stood behind other letters.
  func escape(ofAlias place: Int) -> String? {
    let location = index.holder(of: place)
    guard view.contexts[location].kind == .location, let target = view.argument(0, of: place) else {
      return nil
    }
    let (modifier, pattern) = locationMatch(location)
    switch modifier {
    case "", "^~":
      guard target.hasSuffix("/"), !pattern.hasSuffix("/"), pattern.hasPrefix("/") else {
        return nil
      }
      return pattern + "../"
    case "~", "~*": return escape(of: target, in: location)
    default: return nil
    }
  }

  private func escape(of target: String, in location: Int) -> String? {
    let opener = Int(view.contexts[location].opener)
    guard let expression = expressions(of: opener).first else { return nil }
    let regex = pattern(expression)
    guard regex.isUnderstood else { return nil }
    var isBehindSlash = false
    for piece in NginxInterpolation(target).pieces {
      switch piece {
      case .text(let bytes): isBehindSlash = bytes.last == UInt8(ascii: "/")
      case .variable(let name):
        if isBehindSlash, let number = Int(name) ?? regex.number(named: name),
          let path = regex.text(whoseGroup: number, holds: "../x", atStart: true), isResolved(path)
        {
          return String(decoding: path, as: UTF8.self)
        }
        isBehindSlash = false
      case .placeholder: isBehindSlash = false
      }
    }
    return nil
  }

  /// Whether nginx leaves a path as it is: no part of it is `..`, none is empty.
  private func isResolved(_ path: [UInt8]) -> Bool {
    guard path.first == UInt8(ascii: "/") else { return false }
    let parts = path.dropFirst().split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.allSatisfy { !$0.isEmpty && !$0.elementsEqual("..".utf8) }
  }
}

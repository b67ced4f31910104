extension NginxConfigurationView {
  /// The first statement of a name directly in a context.
  ///
  /// - Complexity: O(log *statements*); the others of the name are not looked at.
  func firstStatement(_ name: NginxNameID, in context: Int) -> Int? {
    let block = contexts[context]
    guard name != .unknown, block.names & NginxContext.bit(name) != 0 else { return nil }
    guard block.order != NginxContext.none else {
      return block.range.first { statements[$0].name == name }
    }
    let end = Int(block.order + block.count)
    let low = orderPlace(atLeast: name.rawValue, from: Int(block.order), to: end)
    guard low < end, statements[Int(order[low])].name == name else { return nil }
    return Int(order[low])
  }
}

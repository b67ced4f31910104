/// A file in libconfig's grammar (1.7), as ProxySQL reads it, with the place of everything.
///
/// A mistake costs what it stands in; reading goes on behind it, which libconfig itself does not.
package struct LibconfigDocument: Sendable {
  package let source: SourceText
  package let errors: [SyntaxError]
  /// What `@include` names, quotes left out.
  package let includes: [(target: String, range: Range<Int>)]
  private let items: [LibconfigItem]

  package init(_ source: SourceText) {
    self.source = source
    var reader = LibconfigReader(source.bytes)
    reader.read()
    items = reader.items
    errors = reader.errors
    includes = reader.includes
  }

  /// The group of the whole file.
  package var root: LibconfigNode { LibconfigNode(items: items, index: 0) }
}

/// A value and its place.
package struct LibconfigNode: Sendable {
  package enum Content: Sendable, Hashable {
    case boolean(Bool)
    /// A number that fits 32 bits and has no `L`.
    case integer(Int64)
    /// A number of 64 bits.
    case long(Int64)
    case float(Double)
    /// Without quotes and escapes; texts side by side are one.
    case string(String)
    /// `{ }`: settings with names.
    case group
    /// `( )`: values of any kind.
    case list
    /// `[ ]`: scalar values.
    case array
    /// What an error was reported for.
    case unread
  }

  private let items: [LibconfigItem]
  private let index: Int

  fileprivate init(items: [LibconfigItem], index: Int) {
    self.items = items
    self.index = index
  }

  package var content: Content { items[index].content }

  /// The bytes of the value, quotes and brackets included.
  package var range: Range<Int> { items[index].range }

  /// The settings of a group in file order, repeated names included.
  package var settings: [LibconfigSetting] {
    items[index].settings.map { setting in
      LibconfigSetting(
        name: setting.name, nameRange: setting.nameRange,
        value: LibconfigNode(items: items, index: setting.index))
    }
  }

  /// The elements of a list or an array.
  package var elements: [LibconfigNode] {
    items[index].elements.map { LibconfigNode(items: items, index: $0) }
  }

  /// The first setting of a name; libconfig refuses a second one.
  package subscript(name: String) -> LibconfigNode? {
    items[index].settings.first { $0.name == name }
      .map { LibconfigNode(items: items, index: $0.index) }
  }
}

/// A name, its value and their places.
package struct LibconfigSetting: Sendable {
  package let name: String
  package let nameRange: Range<Int>
  package let value: LibconfigNode
}

/// A value as the reader keeps it: values lie in one array, so that no nesting nests in memory.
struct LibconfigItem: Sendable {
  struct Setting: Sendable {
    let name: String
    let nameRange: Range<Int>
    let index: Int
  }

  var content: LibconfigNode.Content
  var range: Range<Int>
  var settings: [Setting] = []
  var elements: [Int] = []
}

import Catalog
import Git
import Policy
import Syntax

extension GitFiles {
  /// The decisions and rules of this version.
  package func project(products: [String]) throws(Failure) -> Project {
    try Project(
      configuration: Configuration.source(in: self), files: self, products: products)
  }
}

extension Configuration {
  /// The configuration file in the root of `files`; `nil` where there is none.
  static func source(in files: any FileSource) throws(Failure) -> SourceText? {
    do throws(FileRefusal) {
      return try files.read(fileName)
    } catch .notFound {
      return nil
    } catch {
      throw Failure("\(fileName) \(error.reason)")
    }
  }
}

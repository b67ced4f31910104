import Catalog
import Model
import Syntax

/// What a setting runs, how it came about and what its number means: `0 default unlimited`; with
/// `!` behind the value where the product refuses it.
func shown(_ setting: Setting?) -> String {
  guard let setting else { return "none" }
  let refused = setting.refusal == nil ? "" : "!"
  let meaning = setting.meaning.map { " \($0)" } ?? ""
  return "\(setting.shown)\(refused) \(setting.provenance)\(meaning)"
}

/// The value of a resource's field, as tests compare it.
func field(_ name: String, _ resource: (any Resource)?) -> String {
  guard let resource, let field = Catalog.schema[resource.kind]?.field(named: name) else {
    return "none"
  }
  return resource.value(of: field).text
}

package import Model

/// One service as a deployment runs it: what it is given and what it reads.
///
/// Pools are sized by a service's environment as much as by its files, and a pool counts once for
/// each replica: without its workloads a file says only half of what runs.
package struct Workload: Sendable {
  package let service: ServiceReference
  /// The kind `service` as rules and the inventory see it.
  package let resource: SettingsResource
  /// In the order in which they are given; of two with a name the last one wins.
  package let variables: [EnvironmentVariable]
  /// The files and folders of the repository that its containers see.
  package let files: [MountedFile]
  /// The folder of the repository that its image is built from, where it is.
  package let buildFolder: String?
  /// The words that name that folder.
  package let buildOrigin: Origin?
  /// The command with its arguments; empty where the image decides.
  package let command: [String]
  /// The place of each word of the command, where it is known; of the same length, or empty.
  package let commandOrigins: [Origin]
  /// Its image, where the deployment names one.
  package let image: ImageName?
  /// The product that its command is known to start, where no image says it.
  private let program: String?

  package init(
    service: ServiceReference, resource: SettingsResource, variables: [EnvironmentVariable] = [],
    files: [MountedFile] = [], buildFolder: String? = nil, buildOrigin: Origin? = nil,
    command: [String] = [], commandOrigins: [Origin] = [], program: String? = nil
  ) {
    self.service = service
    self.resource = resource
    self.variables = variables
    self.files = files
    self.buildFolder = buildFolder
    self.buildOrigin = buildOrigin
    self.command = command
    self.commandOrigins = commandOrigins
    self.program = program
    let setting = resource.settings.first { $0.field == "image" }
    if case .string(let text)? = setting?.effective {
      image = ImageName(text)
    } else {
      image = nil
    }
  }

  /// The product that it runs, as in `Technology.name`; `nil` for programs of the team's own.
  package var product: String? { program ?? image?.product }

  /// The variable of a name; of several the last one counts.
  package subscript(name: String) -> EnvironmentVariable? { variables.last { $0.name == name } }
}

/// One environment variable of a workload.
package struct EnvironmentVariable: Sendable, Hashable {
  package let name: String
  /// `nil` where the files do not say it: a secret, a variable of the shell that deploys.
  package let value: String?
  /// Why there is no value; no full stop.
  package let reason: String?
  /// The value in the file that gives it.
  package let origin: Origin
  /// Whether the value is only a default, which whoever deploys may override.
  package let isDefault: Bool
  /// Where the value is not known whole: what is known of it, with `${NAME}` for the rest.
  package let template: String?

  package init(
    name: String, value: String?, reason: String? = nil, origin: Origin, isDefault: Bool = false,
    template: String? = nil
  ) {
    self.name = name
    self.value = value
    self.reason = reason
    self.origin = origin
    self.isDefault = isDefault
    self.template = template
  }
}

/// A file or folder of the repository inside a container.
package struct MountedFile: Sendable, Hashable {
  /// The path in the repository, as shown to the user.
  package let path: String
  /// The path in the container.
  package let target: String
  /// The words that mount it.
  package let origin: Origin?

  package init(path: String, target: String, origin: Origin? = nil) {
    self.path = path
    self.target = target
    self.origin = origin
  }
}

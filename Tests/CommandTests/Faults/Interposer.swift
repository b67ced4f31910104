import FoundationEssentials
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Makes calls of a built program fail, or be its last: `interposer.c` says how.
enum Interposer {
  static let absence = "calls cannot be made to fail here: that needs Linux and a C compiler"

  /// The compiled library, beside the built programs; `nil` where there is no compiler or no such
  /// loader.
  static let library: String? = {
    #if os(Linux)
      let source = Checkout.path + "/Tests/CommandTests/Faults/interposer.c"
      let made = Program.products + "/headgate-interposer.so"
      for compiler in ["cc", "clang", "gcc"] {
        let words = [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-o", made, source, "-ldl"]
        // A compiler that is absent is not the one to use.
        if let run = try? Program.run("/usr/bin/env", words, in: "/"), run.status == 0 {
          return made
        }
      }
    #endif
    return nil
  }()

  static var isPossible: Bool { library != nil }
}

/// What goes wrong while a command runs.
struct Fault {
  /// Which calls count: `change`, `look`, `git`.
  var calls = "change"
  /// The number of the call, from 1; 0 for none, `nil` for all.
  var at: Int? = 0
  /// How: `ENOSPC`, `kill`, `loss` and others that interposer.c lists.
  var kind = ""
  /// The program whose calls count; `nil` for every one of the command.
  var program: String? = "headgate"
  /// Only files below this path of the folder count.
  var below = ""
  /// Seconds since 1970 at which the clock stands.
  var clock: Int64?
}

/// What a command with a fault did.
struct FaultedRun {
  let run: Run
  /// How many calls counted.
  let calls: Int
  /// How many of them were made to fail.
  let faults: Int
  /// How many files and names were lost with the power.
  let lost: Int

  var status: Int32 { run.status }
  var text: String { run.text }
}

extension TemporaryFolder {
  /// Runs the built `headgate` here while something goes wrong.
  func headgate(_ arguments: [String], _ fault: Fault) throws -> FaultedRun {
    try faulted(Program.headgate, arguments, fault)
  }

  func faulted(_ program: String, _ arguments: [String], _ fault: Fault) throws -> FaultedRun {
    guard let library = Interposer.library else { throw ProgramError(text: Interposer.absence) }
    let scratch = try TemporaryFolder()
    var variables = [
      "LD_PRELOAD": library, "FAULT_STATE": "\(scratch.path)/state",
      "FAULT_UNDER": fault.below.isEmpty ? path : "\(path)/\(fault.below)",
      "FAULT_CALLS": fault.calls, "FAULT_AS": fault.kind,
    ]
    variables["FAULT_AT"] = fault.at.map { "\($0)" } ?? "all"
    if let program = fault.program { variables["FAULT_PROGRAM"] = program }
    if let clock = fault.clock { variables["FAULT_CLOCK"] = "\(clock)" }
    let run = try Program.run(program, arguments, in: path, environment: variables)
    let words = scratch.bytes("state").prefix(24)
    guard words.count == 24 else { throw ProgramError(text: "no counts: \(run.text)") }
    let counts = stride(from: 0, to: 24, by: 8).map { start in
      words[start..<(start + 8)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    return FaultedRun(run: run, calls: counts[0], faults: counts[1], lost: counts[2])
  }
}

/// The tests that take too long for every run: `make soak`.
enum Soak {
  static let absence: Comment = "slow: `make soak` runs it"
  static let isOn = getenv("HEADGATE_SOAK") != nil

  /// The seed of random tests: `SEED=7 make soak` repeats a run.
  static let seed: UInt64 =
    getenv("HEADGATE_SEED").flatMap { UInt64(String(cString: $0)) } ?? 20_240_610

  /// A figure of a long run, for who reads its output.
  static func tell(_ text: String) { if isOn { print("soak:", text) } }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The natural logarithm; the only file that knows which C library has it.
func naturalLogarithm(_ value: Double) -> Double { log(value) }

/// e to the power `value`.
func exponential(_ value: Double) -> Double { exp(value) }

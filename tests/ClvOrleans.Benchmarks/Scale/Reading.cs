namespace ClvOrleans.Benchmarks.Scale;

/// <summary>What a piece of work took.</summary>
/// <param name="Wall">Seconds.</param>
/// <param name="Silo">Seconds of a processor in the silo.</param>
/// <param name="Database">Seconds of a processor in the database's server.</param>
/// <param name="Logged">Bytes of the server's write-ahead log.</param>
/// <param name="Kept">Bytes by which the database grew.</param>
internal sealed record Reading(double Wall, double Silo, double Database, long Logged, long Kept);

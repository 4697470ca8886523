namespace ClvOrleans.Intake.Files;

/// <summary>An order as its file has it, before any conversion.</summary>
/// <param name="Currency">The currency's code.</param>
/// <param name="Value">Its value in major units.</param>
/// <param name="Refunded">What was paid back of it.</param>
internal readonly record struct FileOrder(string Currency, decimal Value, decimal Refunded);

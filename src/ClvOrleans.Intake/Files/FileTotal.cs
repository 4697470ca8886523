namespace ClvOrleans.Intake.Files;

/// <summary>The orders of one currency in a file.</summary>
/// <param name="Orders">How many count.</param>
/// <param name="Value">What they are worth before refunds, in major units.</param>
/// <param name="Refunded">What was paid back of it.</param>
public sealed record FileTotal(long Orders, decimal Value, decimal Refunded);

namespace ClvOrleans.Intake.Tests.Doors;

/// <summary>A value, and the verdict that it deserves at every door.</summary>
/// <param name="Field">Where it stands.</param>
/// <param name="Text">The value.</param>
/// <param name="Verdict">What is read of it; or the reason of its refusal; or, after <c>left out:</c>, that of leaving it out.</param>
/// <param name="ColumnDecides">Whether doors that see a whole column may read it otherwise: a decimal comma, a day before the
/// month.</param>
internal sealed record OddValue(OrderField Field, string Text, string Verdict, bool ColumnDecides = false);

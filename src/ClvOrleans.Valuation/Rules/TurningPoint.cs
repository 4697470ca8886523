namespace ClvOrleans.Valuation.Rules;

/// <summary>
/// A comparison within a rule whose outcome may change as days pass. A rule cannot turn on a day on which none of its turning points does.
/// </summary>
/// <typeparam name="T">What the rule is asked of.</typeparam>
/// <param name="Path">
/// How the operands approach each other: with <see cref="TimePath.OneWay"/> a side that is left is never returned to.
/// </param>
/// <param name="Side">
/// On which side of each other the operands are: another number is another side. Texts have a side for each text, conditions for each
/// truth.
/// </param>
public sealed record TurningPoint<T>(TimePath Path, Func<T, double> Side);

using System.Globalization;

namespace ClvOrleans.Policies;

/// <summary>
/// What a decision is about: one thing that happened to a customer, a step of the policy's flow, and the how manieth look at it.
/// </summary>
/// <param name="Cause">What happened, e.g. <c>policy/win-back entered 3</c>; no two of a customer are equal.</param>
/// <param name="Step">The step of the flow, e.g. <c>0</c>, or <c>2.1.0</c> within a branch.</param>
/// <param name="Look">0 at first, then counted on each time that the decision was to wait.</param>
public sealed record Occasion(string Cause, string Step = "0", int Look = 0)
{
    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Cause}/{Step}/{Look}");
}

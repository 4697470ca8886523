using ClvOrleans.Domain.Events;

namespace ClvOrleans.Domain.Customers;

/// <summary>A trait as it was last said; of two at one instant the greater event key wins.</summary>
/// <param name="At">When it was said.</param>
/// <param name="Key">The event that said it.</param>
/// <param name="Value">The value, as text.</param>
public sealed record TraitValue(DateTimeOffset At, EventKey Key, string Value);

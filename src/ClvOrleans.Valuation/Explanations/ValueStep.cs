using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Valuation.Explanations;

/// <summary>One step of a value through time.</summary>
public sealed record ValueStep
{
    /// <summary>What it was moved by.</summary>
    public required ValueStepKind Kind { get; init; }

    /// <summary>First local day: that of the event before where time passed.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last local day; that of the event itself.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The event; null for time and for runs.</summary>
    public CustomerEvent? Event { get; init; }

    /// <summary>Number of events: 1, or those of the run; 0 for time.</summary>
    public required int Events { get; init; }

    /// <summary>The value before.</summary>
    public required Money Before { get; init; }

    /// <summary>The value after.</summary>
    public required Money After { get; init; }

    /// <summary>What happened and what it did, in words. Holds ids as the store wrote them.</summary>
    public required string Sentence { get; init; }

    /// <summary>What it did.</summary>
    public Money Change => After - Before;
}

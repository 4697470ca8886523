using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Policies;

/// <summary>What was known of the customer when a decision was taken.</summary>
public sealed record DecisionFacts
{
    /// <summary>The customer's sequence in the journal.</summary>
    public required long Sequence { get; init; }

    /// <summary>The local day of the estimate.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The predicted value before what happened; null where there was none.</summary>
    public Money? Before { get; init; }

    /// <summary>The predicted value.</summary>
    public Money Value { get; init; }

    /// <summary>The lower end of its 80 % interval; null where it is not known.</summary>
    public Money? Lower { get; init; }

    /// <summary>The upper end of its 80 % interval; null where it is not known.</summary>
    public Money? Upper { get; init; }

    /// <summary>Revenue at risk.</summary>
    public Money AtRisk { get; init; }

    /// <summary>P(alive), 0 to 1; null for someone who has not bought.</summary>
    public double? Alive { get; init; }

    /// <summary>The lifecycle.</summary>
    public Lifecycle Lifecycle { get; init; }

    /// <summary>The model version.</summary>
    public string? Model { get; init; }

    /// <summary>Counts the champions of the store.</summary>
    public int Generation { get; init; }
}

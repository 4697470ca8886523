using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Training.Backtests.Origins;

/// <summary>Forecasts from many origins, judged.</summary>
public sealed record OriginsResult
{
    /// <summary>How origins were rolled.</summary>
    public required OriginRules Rules { get; init; }

    /// <summary>The origins, the earliest first.</summary>
    public required ImmutableArray<DateOnly> Origins { get; init; }

    /// <summary>The store.</summary>
    public required StoreSettings Store { get; init; }

    /// <summary>A row for each model and horizon.</summary>
    public required ImmutableArray<OriginRow> Rows { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Took { get; init; }
}

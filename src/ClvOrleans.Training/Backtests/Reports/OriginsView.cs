using ClvOrleans.Training.Backtests.Origins;

namespace ClvOrleans.Training.Backtests.Reports;

/// <summary>Forecasts from many origins, judged, as programs read it.</summary>
/// <param name="Origins">The origins, the earliest first.</param>
/// <param name="Horizons">The horizons, in months.</param>
/// <param name="Value">Which value was judged: gross, net or margin.</param>
/// <param name="Currency">Currency of the amounts.</param>
/// <param name="Rows">An entry for each model and horizon.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record OriginsView(
    IReadOnlyList<DateOnly> Origins, IReadOnlyList<int> Horizons, string Value, string Currency, IReadOnlyList<OriginRow> Rows,
    double Seconds)
{
    /// <summary>Makes it.</summary>
    public static OriginsView Of(OriginsResult result) => new(
        result.Origins, result.Rules.Horizons, result.Rules.Value.ToString().ToLowerInvariant(), result.Store.Currency.Code, result.Rows,
        result.Took.TotalSeconds);
}

using ClvOrleans.Domain.Currencies;
using ClvOrleans.Training.Validation;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>How well predictions of a group over a horizon held.</summary>
internal sealed record TrackRecordReply
{
    /// <summary>total for all buyers, or a lifecycle: those who were in it on the day of the prediction.</summary>
    public required string Group { get; init; }

    /// <summary>Number of days predicted.</summary>
    public required int Days { get; init; }

    /// <summary>Predictions whose days have passed.</summary>
    public required int Predictions { get; init; }

    /// <summary>Root of the mean squared ln(actual / expected) of the totals: .1 is a tenth; null where nothing came.</summary>
    public double? LevelError { get; init; }

    /// <summary>Its mean: above 0 where too little was expected.</summary>
    public double? LevelBias { get; init; }

    /// <summary>The factor by which the worst total was off, at least 1.</summary>
    public double? WorstFactor { get; init; }

    /// <summary>Share of totals within their 80 % intervals.</summary>
    public required double Held { get; init; }

    /// <summary>Mean interval score (Winkler) of the totals over what came: the less the better.</summary>
    public double? IntervalScore { get; init; }

    /// <summary>Number of customers whose spend was compared with their own intervals, over all predictions.</summary>
    public required long Customers { get; init; }

    /// <summary>Share of these within their 80 % intervals; null where there are none.</summary>
    public double? CustomersWithin { get; init; }

    /// <summary>Share of these below: a tenth at most, and none where it is likely that nothing is bought.</summary>
    public double? CustomersBelow { get; init; }

    /// <summary>Share of these above: a tenth where the model is right.</summary>
    public double? CustomersAbove { get; init; }

    /// <summary>Mean interval score of these, in major units.</summary>
    public double CustomerIntervalScore { get; init; }

    public static TrackRecordReply Of(TrackRecord record, Currency currency)
    {
        var hits = record.Customers;
        return new()
        {
            Group = record.Group,
            Days = record.Days,
            Predictions = record.Totals,
            LevelError = record.LevelError,
            LevelBias = record.LevelBias,
            WorstFactor = record.WorstFactor,
            Held = record.Held,
            IntervalScore = record.TotalScore,
            Customers = hits.Customers,
            CustomersWithin = hits.Customers == 0 ? null : hits.Coverage,
            CustomersBelow = hits.Customers == 0 ? null : (double)hits.Below / hits.Customers,
            CustomersAbove = hits.Customers == 0 ? null : (double)hits.Above / hits.Customers,
            CustomerIntervalScore = record.CustomerScore * (double)currency.ToMajor(new Money(1)),
        };
    }
}

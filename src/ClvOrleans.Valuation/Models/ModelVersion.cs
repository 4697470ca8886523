using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Intervals;
using ClvOrleans.Valuation.Market;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Valuation.Models;

/// <summary>A trained model as the registry keeps it: enough to make it again and to judge it.</summary>
public sealed record ModelVersion
{
    /// <summary>What names of versions of the store's first buyers begin with.</summary>
    public const string FirstName = "first-";

    /// <summary>Name of the version, e.g. <c>pareto-nbd-3</c>; unique in the store.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Model of purchases and dropout, one of <see cref="Statistics.Lifetime.LifetimeModels.Families"/>; or
    /// <see cref="Valuation.Ensemble.StackedModel.Family"/>.
    /// </summary>
    public required string Family { get; init; }

    /// <summary>Parameters of the purchase model, by name, time unit weeks; of an ensemble, the weights of its base learners.</summary>
    public required ImmutableSortedDictionary<string, double> Parameters { get; init; }

    /// <summary>What the market does to the rate of purchases; null where the model does not follow it.</summary>
    public MarketEffects? MarketEffects { get; init; }

    /// <summary>Names of the parameters that were fitted, in the order of <see cref="Covariance"/>.</summary>
    public ImmutableArray<string> Fitted { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Covariance of the logarithms of the fitted parameters, row by row; empty where it is not known.</summary>
    public ImmutableArray<double> Covariance { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Standard errors of the fitted parameters themselves, by name.</summary>
    public ImmutableSortedDictionary<string, double>? StandardErrors { get; init; }

    /// <summary>Covariance of ln p, ln q, ln v of the spend model, row by row; empty where there is none.</summary>
    public ImmutableArray<double> SpendCovariance { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>
    /// How values lie around what is expected; null in versions that were trained before it was calibrated, and of an ensemble, whose body
    /// has its own.
    /// </summary>
    public IntervalCalibration? Intervals { get; init; }

    /// <summary>
    /// Parameters of the Gamma-Gamma spend model in minor units of the store's currency; null where too few repeat purchases were seen.
    /// </summary>
    public ImmutableSortedDictionary<string, double>? SpendParameters { get; init; }

    /// <summary>Mean value of a purchase day in minor units, the fallback where there is no spend model.</summary>
    public double MeanSpend { get; init; }

    /// <summary>
    /// The least and the most net value of a paid purchase day that it has seen; null where it is not known, as of versions that were kept
    /// without it.
    /// </summary>
    public SpendRange? Paid { get; init; }

    /// <summary>Number of the training that it came of; its log is there. 0 where it was kept without one.</summary>
    public int Training { get; init; }

    /// <summary>When it was trained.</summary>
    public DateTimeOffset TrainedAt { get; init; }

    /// <summary>First local day of the data that it has seen; null where it is not known.</summary>
    public DateOnly? DataFrom { get; init; }

    /// <summary>Last local day of the data that it has seen.</summary>
    public DateOnly DataUntil { get; init; }

    /// <summary>How features were spread over the customers it was fitted on; the drift watch compares later ones with it.</summary>
    public ImmutableArray<FeatureBins> Bins { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How its training parts the buyers; null in versions that were trained before trainings did.</summary>
    public Segmentation? Segmentation { get; init; }

    /// <summary>Number of customers it was fitted on.</summary>
    public long Customers { get; init; }

    /// <summary>Number of their purchase days that it has seen; 0 where it is not known.</summary>
    public long Purchases { get; init; }

    /// <summary>Log-likelihood of the purchase model; null for what is not fitted by likelihood.</summary>
    public double? LogLikelihood { get; init; }

    /// <summary>Schwarz's criterion of the purchase model: lower is better among versions of one training.</summary>
    public double? Bic { get; init; }

    /// <summary>How its family did on the last part of the data, fitted to what was before; null where that was too little.</summary>
    public HoldoutSummary? Holdout { get; init; }

    /// <summary>Log-likelihood of the spend model.</summary>
    public double? SpendLogLikelihood { get; init; }

    /// <summary>What was learned, in words; null where the parameters say it all.</summary>
    public string? Description { get; init; }

    /// <summary>Why it was promoted rather than the other of its training, or was not; null where that was not asked.</summary>
    public string? Reason { get; init; }

    /// <summary>What makes a learned model; empty for others, and where versions are only listed. Kept beside the version.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>
    /// Of a store of few customers or weeks, how much of what was not known before its data still is not: the share of the prior's variance
    /// of ln E[purchases of a new customer in a year] that is left, 0 to 1. Null for other versions.
    /// </summary>
    public double? PriorShare { get; init; }

    /// <summary>Whether it is of the store's first buyers, and of no training.</summary>
    [JsonIgnore]
    public bool IsFirst => Id.StartsWith(FirstName, StringComparison.Ordinal);

    /// <summary>Whether it stands in before any training.</summary>
    public bool IsPrior { get; init; }
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Statistics.Covariates;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>
/// What the first purchase that is seen tells of a customer: how likely the customer was one before the data begin, and where its value
/// ranks. Data of a store in business begin with a burst of customers that are not new: those who buy often and have not left. They are a
/// population of their own; in one with the new they make all who come later look as good. Of customers with gamma-distributed rates those
/// first seen a time t after the start are in proportion to (α / (α + t))^(r+1), while new ones come evenly on the clock. Both are
/// covariates of one buy-till-you-die model.
/// </summary>
public sealed class FirstSeen
{
    private readonly ImmutableArray<ILifetimeModel> _models;

    /// <summary>Makes it.</summary>
    /// <param name="clock">The season.</param>
    /// <param name="arrivals">When customers are first seen.</param>
    /// <param name="values">Where the tenths of the values of first purchases begin but for the first, in minor units, rising.</param>
    /// <param name="family">
    /// Family of the model of customers who surely were none before and whose first purchase is of the least tenth.
    /// </param>
    /// <param name="parameters">Its parameters, in weeks of the clock.</param>
    /// <param name="onPurchases">What being old, and the rank of the value, add to the logarithm of the purchase rate.</param>
    /// <param name="onDropout">The same for the dropout rate.</param>
    [JsonConstructor]
    public FirstSeen(
        SeasonalClock clock,
        Arrivals arrivals,
        ImmutableArray<long> values,
        string family,
        ImmutableSortedDictionary<string, double> parameters,
        ImmutableArray<double> onPurchases,
        ImmutableArray<double> onDropout)
    {
        (Clock, Arrivals, Values, Family, Parameters, OnPurchases, OnDropout) =
            (clock, arrivals, values, family, parameters, onPurchases, onDropout);
        var model = new CovariateModel(LifetimeModels.Create(family, parameters), Names, onPurchases, onDropout);
        _models = [.. Enumerable.Range(0, Tenths * Tenths).Select(group => model.Of([Share(group / Tenths), Share(group % Tenths)]))];

        static double Share(int tenth) => (double)tenth / (Tenths - 1);
    }

    /// <summary>Names of the covariates.</summary>
    public static ImmutableArray<string> Names { get; } = ["old", "value"];

    /// <summary>Both covariates go from 0 to 1 in tenths.</summary>
    public static int Tenths => 11;

    /// <summary>The season.</summary>
    public SeasonalClock Clock { get; }

    /// <summary>When customers are first seen.</summary>
    public Arrivals Arrivals { get; }

    /// <summary>Where the tenths of the values of first purchases begin but for the first, in minor units, rising.</summary>
    public ImmutableArray<long> Values { get; }

    /// <summary>Family of the model of customers who surely were none before and whose first purchase is of the least tenth.</summary>
    public string Family { get; }

    /// <summary>Its parameters, in weeks of the clock.</summary>
    public ImmutableSortedDictionary<string, double> Parameters { get; }

    /// <summary>What being old, and the rank of the value, add to the logarithm of the purchase rate.</summary>
    public ImmutableArray<double> OnPurchases { get; }

    /// <summary>The same for the dropout rate.</summary>
    public ImmutableArray<double> OnDropout { get; }

    /// <summary>The group of a buyer: those of a group have one model.</summary>
    public int GroupOf(CustomerSummary buyer) => (Arrivals.OldOf(buyer.PurchaseDays[0].Day, Clock) * Tenths) + RankOf(buyer, Values);

    /// <summary>The model of a group.</summary>
    public ILifetimeModel ModelOf(int group) => _models[group];

    /// <summary>In which tenth the value of a buyer's first purchase is, from 0.</summary>
    public static int RankOf(CustomerSummary buyer, ImmutableArray<long> values)
    {
        var rank = 0;
        foreach (var from in values)
        {
            rank += buyer.PurchaseDays[0].Gross.Minor >= from ? 1 : 0;
        }

        return rank;
    }
}

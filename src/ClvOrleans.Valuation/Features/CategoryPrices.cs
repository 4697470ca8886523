using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Valuation.Features;

/// <summary>What a unit of each category costs on average in a store, learned from what buyers of a training set bought.</summary>
public sealed record CategoryPrices
{
    private FrozenDictionary<string, double> _means = FrozenDictionary<string, double>.Empty;

    /// <summary>Of a store that sends no categories or no prices.</summary>
    public static CategoryPrices Empty { get; } = new();

    /// <summary>Mean unit price in minor units by category.</summary>
    public ImmutableSortedDictionary<string, double> Means
    {
        get;
        init => (field, _means) = (value ?? Nothing, (value ?? Nothing).ToFrozenDictionary(StringComparer.Ordinal));
    } = Nothing;

    /// <summary>Whether no category is known.</summary>
    [JsonIgnore]
    public bool IsEmpty => Means.IsEmpty;

    private static ImmutableSortedDictionary<string, double> Nothing { get; } = ImmutableSortedDictionary.Create<string, double>(
        StringComparer.Ordinal);

    /// <summary>Learns the prices: all that was paid for a category over the units bought.</summary>
    public static CategoryPrices Of(IEnumerable<CustomerSummary> buyers)
    {
        var sums = new Dictionary<string, (Int128 Units, Int128 Amount)>(StringComparer.Ordinal);
        foreach (var buyer in buyers)
        {
            foreach (var bought in buyer.Bought)
            {
                var (units, amount) = sums.GetValueOrDefault(bought.Category);
                sums[bought.Category] = (units + bought.Units, amount + bought.Amount.Minor);
            }
        }

        return new CategoryPrices
        {
            Means = sums.ToImmutableSortedDictionary(
                s => s.Key, s => (double)s.Value.Amount / (double)s.Value.Units, StringComparer.Ordinal),
        };
    }

    /// <summary>
    /// What was paid over what the same units would have cost at the mean prices of their categories: above 1 for who buys the dearer
    /// products. Not a number where no category is known or those known cost nothing.
    /// </summary>
    public double LevelOf(CustomerSummary customer)
    {
        var (paid, mean) = (0.0, 0.0);
        foreach (var bought in customer.Bought)
        {
            if (_means.TryGetValue(bought.Category, out var price))
            {
                (paid, mean) = (paid + (double)bought.Amount.Minor, mean + (bought.Units * price));
            }
        }

        return mean > 0 ? paid / mean : double.NaN;
    }
}

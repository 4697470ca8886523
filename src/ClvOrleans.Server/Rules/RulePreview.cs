using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Rules;

/// <summary>What a rule says of a store's customers.</summary>
/// <param name="day">The local day for which it was asked.</param>
internal sealed class RulePreview(DateOnly day)
{
    private readonly List<CustomerRow> _sample = [];

    /// <summary>The local day for which it was asked.</summary>
    public DateOnly Day => day;

    /// <summary>For how many it cannot be told.</summary>
    public long Unknown { get; private set; }

    /// <summary>Of how many it was asked.</summary>
    public long Asked { get; private set; }

    /// <summary>What those for whom it holds add up to.</summary>
    public SegmentSums Sums { get; private set; }

    /// <summary>The most valuable of them, the first first.</summary>
    public IReadOnlyList<CustomerRow> Sample => _sample;

    /// <summary>Adds a customer; rows come by predicted value, the greatest first.</summary>
    public void Add(CustomerRow row, Truth truth, int sample)
    {
        Asked++;
        Unknown += truth == Truth.Unknown ? 1 : 0;
        if (truth != Truth.True)
        {
            return;
        }

        Sums += row.Contribution.Sums;
        if (_sample.Count < sample)
        {
            _sample.Add(row);
        }
    }
}

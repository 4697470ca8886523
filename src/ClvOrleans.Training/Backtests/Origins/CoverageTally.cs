using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Validation.Metrics;

namespace ClvOrleans.Training.Backtests.Origins;

/// <summary>Counts how often values come within intervals, by group.</summary>
internal sealed class CoverageTally
{
    private readonly SortedDictionary<(int Order, string Name), Sums> _groups = [];

    /// <summary>Adds a customer to a group.</summary>
    /// <param name="group">The group, with its place among the others.</param>
    /// <param name="interval">The interval, in major units.</param>
    /// <param name="predicted">The predicted value.</param>
    /// <param name="actual">What came.</param>
    public void Add((int Order, string Name) group, Forecast.Interval interval, double predicted, double actual)
    {
        if (!_groups.TryGetValue(group, out var sums))
        {
            _groups[group] = sums = new Sums();
        }

        sums.Customers++;
        sums.Below += actual < interval.Lower ? 1 : 0;
        sums.Above += actual > interval.Upper ? 1 : 0;
        sums.Score += IntervalScore.Of(interval.Lower, interval.Upper, OriginJudge.Level, actual);
        sums.Predicted += predicted;
        sums.Actual += actual;
        sums.Bought += actual > 0 ? 1 : 0;
    }

    /// <summary>The groups, in their order.</summary>
    public IEnumerable<CustomerCoverage> Finish() => _groups.Select(g => g.Value.Of(g.Key.Name));

    private sealed class Sums
    {
        public int Customers { get; set; }

        public int Below { get; set; }

        public int Above { get; set; }

        public int Bought { get; set; }

        public double Score { get; set; }

        public double Predicted { get; set; }

        public double Actual { get; set; }

        public CustomerCoverage Of(string group)
        {
            double n = Customers;
            return new CustomerCoverage(
                group, Customers, (n - Below - Above) / n, Below / n, Above / n, Score / n, Predicted / n, Actual / n, Bought / n);
        }
    }
}

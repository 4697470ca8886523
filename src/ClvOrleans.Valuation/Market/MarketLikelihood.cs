using ClvOrleans.Domain.Market;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Valuation.Market;

/// <summary>
/// ln L of many customers on a market clock. A customer enters by number of purchases, first and last day, equal ones once; the factors of
/// the days of purchase enter by their sum over all customers alone.
/// </summary>
internal sealed class MarketLikelihood
{
    private const int Share = 256;
    private readonly IMarketLogLikelihood _kernel;
    private readonly int _threads;
    private readonly DateOnly _from;
    private readonly int _end;
    private readonly MarketFeatures[] _days;
    private readonly (int Repeats, int First, int Last, int Count)[] _rows;
    private readonly double[] _purchases = new double[3];

    /// <summary>Condenses customers.</summary>
    public MarketLikelihood(
        IMarketLogLikelihood kernel, IEnumerable<IReadOnlyList<DateOnly>> customers, DateOnly end, MarketCalendar calendar, int threads)
    {
        (_kernel, _threads) = (kernel, threads);
        var seen = customers.Select(c => c.TakeWhile(d => d <= end).ToArray()).Where(c => c.Length > 0).ToArray();
        if (seen.Length == 0)
        {
            throw new FitException("no customer has bought");
        }

        _from = seen.Min(c => c[0]);
        _end = end.DayNumber - _from.DayNumber;
        _days = [.. Enumerable.Range(0, _end + 1).Select(i => calendar.At(_from.AddDays(i)))];
        foreach (var day in seen.SelectMany(c => c.Skip(1)))
        {
            var features = _days[day.DayNumber - _from.DayNumber];
            _purchases[0] += features.Promotion;
            _purchases[1] += features.Season;
            _purchases[2] += features.Competitor;
        }

        Customers = seen.Length;
        _rows =
        [
            .. seen.GroupBy(c => (c.Length - 1, c[0].DayNumber - _from.DayNumber, c[^1].DayNumber - _from.DayNumber))
                .OrderBy(g => g.Key)
                .Select(g => (g.Key.Item1, g.Key.Item2, g.Key.Item3, g.Count())),
        ];
        CalendarHistories = PurchaseHistories.Of(
            _rows.Select(r => new PurchaseHistory(r.Repeats, (r.Last - r.First) / 7.0, (_end - r.First) / 7.0)),
            [.. _rows.Select(r => (double)r.Count)]);
    }

    /// <summary>Number of customers.</summary>
    public int Customers { get; }

    /// <summary>The histories by the calendar.</summary>
    public PurchaseHistories CalendarHistories { get; }

    /// <summary>Whether entries of a kind (0 promotion, 1 season, 2 competitor) touch some but not all of the days.</summary>
    public bool Happened(int kind)
    {
        var strengths = _days.Skip(1).Select(d => kind switch { 0 => d.Promotion, 1 => d.Season, _ => d.Competitor }).ToArray();
        return strengths.Any(s => s != strengths[0]);
    }

    /// <summary>ln L and its gradient by the four parameters and the three effects.</summary>
    public double Evaluate(double[] parameters, MarketEffects effects, double[] gradient)
    {
        var clock = new MarketClock(_days, effects, _from);
        var shares = new double[((_rows.Length + Share - 1) / Share) * 8];
        Parallel.For(0, shares.Length / 8, new ParallelOptions { MaxDegreeOfParallelism = _threads }, share =>
        {
            Span<double> row = stackalloc double[7];
            var sums = shares.AsSpan(share * 8, 8);
            foreach (var (repeats, first, last, count) in _rows.AsSpan(share * Share, Math.Min(Share, _rows.Length - (share * Share))))
            {
                sums[0] += count * _kernel.Gradient(parameters, clock, repeats, first, last, _end, row);
                for (var i = 0; i < 7; i++)
                {
                    sums[1 + i] += count * row[i];
                }
            }
        });

        Array.Clear(gradient);
        var value = (effects.Promotion * _purchases[0]) + (effects.Season * _purchases[1]) + (effects.Competitor * _purchases[2]);
        _purchases.CopyTo(gradient, 4);
        for (var i = 0; i < shares.Length; i++)
        {
            if (i % 8 == 0)
            {
                value += shares[i];
            }
            else
            {
                gradient[(i % 8) - 1] += shares[i];
            }
        }

        return value;
    }
}

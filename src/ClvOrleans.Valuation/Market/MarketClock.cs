using ClvOrleans.Domain.Market;

namespace ClvOrleans.Valuation.Market;

/// <summary>
/// Accumulated effective time: a day counts as many days as its factor says (Bachmann, Meierer and Näf 2021, "The Role of Time-Varying
/// Contextual Factors in Latent Attrition Models"). Purchases are a plain Poisson process on this clock, whatever the market did.
/// </summary>
public sealed class MarketClock
{
    // Multiples of 2^-36 add up exactly: a span is the same to the bit whatever day the clock starts on.
    private const double Grain = 1L << 36;
    private readonly int _from;
    private readonly double[][] _sums;

    /// <summary>Makes the clock of some days.</summary>
    /// <param name="calendar">The market.</param>
    /// <param name="effects">What it does.</param>
    /// <param name="from">First day from which time is measured.</param>
    /// <param name="to">Last day to which it is.</param>
    public MarketClock(MarketCalendar calendar, MarketEffects effects, DateOnly from, DateOnly to)
        : this([.. Days(from, to).Select(calendar.At)], effects, from, factor => Math.Round(factor * Grain) / Grain)
    {
    }

    // A fit needs the factors as they are, since their rounding would hide the slope of the likelihood.
    internal MarketClock(MarketFeatures[] days, MarketEffects effects, DateOnly from)
        : this(days, effects, from, factor => factor)
    {
    }

    private MarketClock(MarketFeatures[] days, MarketEffects effects, DateOnly from, Func<double, double> rounded)
    {
        _from = from.DayNumber;
        _sums = [new double[days.Length], new double[days.Length], new double[days.Length], new double[days.Length]];
        Features = days;
        for (var i = 1; i < days.Length; i++)
        {
            var factor = rounded(effects.Factor(days[i]));
            _sums[0][i] = _sums[0][i - 1] + factor;
            _sums[1][i] = _sums[1][i - 1] + (factor * days[i].Promotion);
            _sums[2][i] = _sums[2][i - 1] + (factor * days[i].Season);
            _sums[3][i] = _sums[3][i - 1] + (factor * days[i].Competitor);
        }
    }

    internal MarketFeatures[] Features { get; }

    /// <summary>Whether it tells the time of all these days.</summary>
    public bool Covers(DateOnly from, DateOnly to) => from.DayNumber >= _from && to.DayNumber < _from + Features.Length;

    /// <summary>
    /// Effective weeks from the end of one day to the end of another: without effects the calendar's, to the bit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A day is not on the clock.</exception>
    public double Weeks(DateOnly from, DateOnly to) => Weeks(IndexOf(from), IndexOf(to), 0);

    /// <summary>Effective weeks between days by index, or their derivative by effect 1, 2 or 3.</summary>
    internal double Weeks(int from, int to, int derivative) => (_sums[derivative][to] - _sums[derivative][from]) / 7.0;

    internal int IndexOf(DateOnly day)
    {
        var index = day.DayNumber - _from;
        return index >= 0 && index < Features.Length
            ? index
            : throw new ArgumentOutOfRangeException(nameof(day), day, "The day is not on the clock.");
    }

    private static IEnumerable<DateOnly> Days(DateOnly from, DateOnly to) =>
        Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays);
}

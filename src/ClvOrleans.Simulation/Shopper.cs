using MathNet.Numerics.Distributions;

namespace ClvOrleans.Simulation;

/// <summary>
/// When a customer comes: for orders by the known process, and between them to look around, which they also stop when they drop out.
/// </summary>
internal sealed class Shopper
{
    /// <summary>How long before their first order someone may have been seen.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromDays(6);

    private static readonly TimeSpan LongestVisit = TimeSpan.FromMinutes(30);
    private readonly StoreProcess _process;
    private readonly StoreMarket _market;
    private readonly Random _chance;
    private readonly Random _browsing;
    private readonly ShopperVisits _visits;
    private readonly double _browsesPerOrder;
    private readonly double _spendRate;
    private DateTimeOffset? _nextOrder;
    private DateTimeOffset? _nextBrowse;

    public Shopper(int number, DateTimeOffset firstOrder, SimulatedStoreOptions options, StoreMarket market)
    {
        (Number, _process, _market) = (number, options.Process, market);
        _chance = Chance.Of(options.Seed, number, "orders");
        _browsing = Chance.Of(options.Seed, number, "browsing");
        var (rate, dropout) = (_process.DrawRate(_chance), _process.DrawDropoutRate(_chance));
        _spendRate = _process.DrawSpendRate(_chance);
        var leaves = firstOrder.AddDays(Math.Min(Exponential.Sample(_chance, 1) / dropout * 7, 50 * 365.25));
        Truth = new ShopperTruth($"cust-{number:00000}", firstOrder, rate, dropout, leaves, _process.P / _spendRate);
        _visits = new ShopperVisits(number, Truth, options, market);
        _browsesPerOrder = Gamma.Sample(_browsing, 2, 2);
        _nextOrder = firstOrder;
        _nextBrowse = _browsing.Happens(.3) ? firstOrder.AddDays(-_browsing.Between(.1, 5)) : NextBrowse(firstOrder);
    }

    public int Number { get; }

    public ShopperTruth Truth { get; }

    /// <summary>When the next visit starts; null once they will not come again.</summary>
    public DateTimeOffset? NextVisit => (_nextOrder - LongestVisit, _nextBrowse) switch
    {
        (null, var browse) => browse,
        (var order, null) => order,
        ({ } order, { } browse) => order < browse ? order : browse,
    };

    /// <summary>What the visit that is due brings, of which some may come days later. The next one is due then.</summary>
    public IEnumerable<SimulatedEvent> Visit()
    {
        if (_nextOrder is { } order && NextVisit == order - LongestVisit)
        {
            var value = Math.Max(.01m, decimal.Round((decimal)Gamma.Sample(_chance, _process.P, _spendRate), 2));
            _nextOrder = NextIn(_chance, order, Truth.OrdersPerWeek);
            return _visits.Order(order, value);
        }

        var browse = _nextBrowse!.Value;
        _nextBrowse = NextBrowse(browse < Truth.FirstOrderAt ? Truth.FirstOrderAt : browse);
        return _visits.Browse(browse);
    }

    private DateTimeOffset? NextBrowse(DateTimeOffset from) => NextIn(_browsing, from, Truth.OrdersPerWeek * _browsesPerOrder);

    private DateTimeOffset? NextIn(Random random, DateTimeOffset from, double perWeek) =>
        _market.After(from, Exponential.Sample(random, 1) / perWeek, Truth.LeavesAt);
}

namespace ClvOrleans.Testing.Scale;

/// <summary>How large an installation must be: docs/scale.md says where each term comes from.</summary>
/// <param name="costs">What was measured.</param>
internal sealed class ScaleModel(MeasuredCosts costs)
{
    // What is assumed, in the words of the document.
    private const double EventsOfVisit = 10;
    private const double SecondsInMemory = 900;
    private const double Used = .6;
    private const double PeakToMean = 4;
    private const double NightSeconds = 8 * 3_600;
    private const double SiloProcessors = 8;
    private const double SiloMemory = 16e9;
    private const double DatabaseProcessors = 32;
    private const double WritersOfSilo = 2;
    private const double LargestGroup = 256;
    private const double ShardCustomers = 100_000;
    private const double LogBytesASecond = 500e6;

    /// <summary>Most events a second of one store: a transaction of a full group holds numbers of nearly all shards to its end.</summary>
    public double MostEvents => LargestGroup / (costs.TransactionTime + (LargestGroup * costs.EventTime));

    /// <summary>What so many customers with so many events a second at the peak take.</summary>
    public ScalePlan Plan(double customers, double events)
    {
        var (arrivals, night) = (events / EventsOfVisit, customers / NightSeconds);
        var active = Math.Min(customers, arrivals * SecondsInMemory);
        var silos = 3d;
        var group = GroupOf(events, silos);
        while (NeededSilos() > silos)
        {
            silos++;
            group = GroupOf(events, silos);
        }

        var transactions = events / group;
        var database = Processors(
            (events * costs.EventDatabase) + (transactions * costs.TransactionDatabase) + (arrivals * costs.ActivationDatabase),
            costs.DayDatabase);
        var log = (events * costs.EventLog) + (night * costs.EventLog);
        (string Name, double Share)[] limits =
        [
            ("commits in turn", events / MostEvents), ("processors of the database", database / DatabaseProcessors),
            ("its log", log / LogBytesASecond),
        ];
        return new ScalePlan(
            silos, Math.Max(8, Math.Pow(2, Math.Ceiling(Math.Log2(customers / ShardCustomers)))),
            Math.Ceiling(limits.Max(l => l.Share)), group, database, active * costs.ActiveMemory, log,
            events / PeakToMean * 86_400 * 365 * costs.EventKept, limits.MaxBy(l => l.Share).Name);

        double NeededSilos() => Math.Max(
            Math.Ceiling(Processors(
                (events * costs.EventSilo) + (events / group * costs.TransactionSilo) + (arrivals * costs.ActivationSilo),
                costs.DaySilo) / SiloProcessors),
            Math.Ceiling(active * costs.ActiveMemory / SiloMemory));

        // At the peak, or in the night, when all are estimated anew beside the mean load.
        double Processors(double peak, double day) => Math.Max(peak, (peak / PeakToMean) + (night * day)) / Used;
    }

    // What comes during a transaction is in the next one: with r events a second, two writers keep up in groups of 2 g = r (a + b g).
    private double GroupOf(double events, double silos)
    {
        var rate = events / silos;
        var left = WritersOfSilo - (rate * costs.EventTime);
        return left <= 0 ? LargestGroup : Math.Clamp(rate * costs.TransactionTime / left, 1, LargestGroup);
    }
}

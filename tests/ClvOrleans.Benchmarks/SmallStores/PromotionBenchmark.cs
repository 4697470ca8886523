using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Learning;
using ClvOrleans.Training.Validation;

namespace ClvOrleans.Benchmarks.SmallStores;

/// <summary>
/// Whether the promotion of an ensemble is right in young and small stores cut out of large ones: what the challenge says of its own past,
/// and which of the two did better in the half year after it.
/// </summary>
internal static partial class PromotionBenchmark
{
    private const int Ahead = 182;
    private static readonly int[] Sizes = [300, 1_000];
    private static readonly int[] Months = [9, 15];
    private static readonly StoreSettings Store = new() { Id = new StoreId("store") };

    /// <summary>Prints a line for each store.</summary>
    /// <param name="data">Folder of the public data.</param>
    /// <param name="samples">Random stores for each size, length and data set.</param>
    public static void Run(string data, int samples)
    {
        Console.WriteLine("| data set | customers | months | gain | its error | level off by more | its error | came: gain | level off by more |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (name, read, first, last) in Stores(data))
        {
            var customers = read();
            foreach (var (size, months) in Sizes.SelectMany(s => Months.Select(m => (s, m))))
            {
                var random = new Random(size + months);
                for (var sample = 0; sample < samples; sample++)
                {
                    Try(name, customers, size, months, first, last, random);
                }
            }
        }
    }

    private static void Try(
        string name, (CustomerId Id, CustomerEvent[] Events)[] customers, int size, int months, DateOnly first, DateOnly last, Random random)
    {
        var end = last.AddDays(-Ahead - random.Next(Math.Max(1, last.AddDays(-Ahead).DayNumber - first.AddMonths(months).DayNumber)));
        var start = end.AddMonths(-months);
        var young = customers.Where(c => Day(c.Events[0]) is var day && day > start && day <= end).ToArray();
        if (young.Length < size)
        {
            return;
        }

        random.Shuffle(young);
        var whole = StoreHistory.Of(young.Take(size).SelectMany(c => c.Events.Select(e => (c.Id, e))), Store, end.AddDays(Ahead));
        var task = new ForecastTask(ValueKind.Gross, new Horizon(Ahead), 1);
        var seen = PastWindow.Of(whole, new Window(end, end.AddDays(Ahead)), task.Value);
        var simpler = ForecastModels.Find(["pareto-nbd"])[0];
        try
        {
            var challenge = Challenge.Of(seen.Before, task, ForecastModels.Stacked, simpler);
            var ensemble = ForecastModels.Stacked.Learn(seen.Before, task).Value;
            var actual = seen.Outcomes.Select(o => (double)o.Value.Minor).ToArray();
            var above = ValueScore.Of([.. Stacking.ForecastsOf(ensemble, seen.Before, seen.Horizon).Select(f => f.Value)], actual);
            var beneath = ValueScore.Of([.. simpler.Fit(seen.Before, task).Forecast(seen.Before.Buyers).Select(f => f.Value)], actual);
            var told = Figures().Matches(challenge.Reason).Select(m => m.Value).ToArray();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {size} | {months} | {string.Join(" | ", told.Length == 4 ? told : ["-", "-", "-", "-"])} | "
                + $"{above.Gini + above.Spearman - beneath.Gini - beneath.Spearman:+0.000;-0.000} | {above.Level - beneath.Level:+0.000;-0.000} |"));
        }
        catch (FitException e)
        {
            Console.WriteLine($"| {name} | {size} | {months} | {e.Message} |");
        }
    }

    private static IEnumerable<(string Name, Func<(CustomerId, CustomerEvent[])[]> Read, DateOnly First, DateOnly Last)> Stores(string data)
    {
        yield return (
            "online-retail", () => Imported(data, "online-retail", "online_retail_II/online_retail_II.csv.gz"), new(2009, 12, 1), new(2011, 12, 9));
        yield return ("donors", () => Donors(Path.Combine(data, "donors/purchases.txt.gz")), new(2005, 1, 1), new(2015, 12, 31));
        yield return ("cdnow", () => Imported(data, "cdnow", "cdnow/CDNOW_master.txt"), new(1997, 1, 1), new(1998, 6, 30));
    }

    private static DateOnly Day(CustomerEvent e) => Store.DayOf(e.At);

    private static (CustomerId, CustomerEvent[])[] Imported(string data, string format, string path)
    {
        using var file = HistoryFile.Open(Path.Combine(data, path));
        var context = new HistoryContext { Store = Store, Source = "import", Now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        return ByCustomer(HistoryReaders.Find(format)!.Read(file.Lines, context).Where(r => r.Event is not null).Select(r => (r.Customer, r.Event!)));
    }

    private static (CustomerId, CustomerEvent[])[] Donors(string path)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return ByCustomer(text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((line, i) =>
        {
            var fields = line.Split('\t');
            var gift = new OrderFacts($"{i}", new Money((long)Math.Round(decimal.Parse(fields[1], CultureInfo.InvariantCulture) * 100)));
            var at = new DateTimeOffset(DateTime.Parse(fields[2], CultureInfo.InvariantCulture), TimeSpan.Zero);
            return (CustomerId.OfUser(Store.Id, fields[0]), new CustomerEvent
            {
                MessageId = $"{i}", Source = "import", Kind = EventKind.OrderCompleted, At = at, Order = gift,
            });
        }));
    }

    private static (CustomerId, CustomerEvent[])[] ByCustomer(IEnumerable<(CustomerId Customer, CustomerEvent Event)> events) =>
        [.. events.GroupBy(e => e.Customer).Select(g => (g.Key, g.Select(e => e.Event).OrderBy(e => e.At).ToArray()))];

    // The four figures of the reason.
    [GeneratedRegex(@"[+-]?\d\.\d{3}")]
    private static partial Regex Figures();
}

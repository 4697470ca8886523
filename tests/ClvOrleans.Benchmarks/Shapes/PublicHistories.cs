using System.Globalization;
using System.IO.Compression;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Benchmarks.Shapes;

/// <summary>The public data sets as histories.</summary>
internal static class PublicHistories
{
    private static readonly StoreSettings Store = new() { Id = new StoreId("store"), Currency = Currency.Of("USD") };

    /// <summary>The history of a data set.</summary>
    /// <param name="data">Folder of the public data.</param>
    /// <param name="name">cdnow, cdnow-sample, online-retail or donors.</param>
    public static StoreHistory Read(string data, string name) => name switch
    {
        "cdnow" => Imported(data, "cdnow", "cdnow/CDNOW_master.txt", new DateOnly(1998, 6, 30)),
        "cdnow-sample" => Imported(data, "cdnow", "cdnow/CDNOW_sample.txt", new DateOnly(1998, 6, 30)),
        "online-retail" => Imported(data, "online-retail", "online_retail_II/online_retail_II.csv.gz", new DateOnly(2011, 12, 9)),
        _ => Donors(Path.Combine(data, "donors/purchases.txt.gz")),
    };

    private static StoreHistory Imported(string data, string format, string path, DateOnly end)
    {
        using var file = HistoryFile.Open(Path.Combine(data, path));
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var context = new HistoryContext { Store = Store, Source = "import", Now = now };
        var events = HistoryReaders.Find(format)!.Read(file.Lines, context).Where(r => r.Event is not null)
            .Select(r => (r.Customer, r.Event!)).ToList();
        return StoreHistory.Of(events, Store, end);
    }

    private static StoreHistory Donors(string path)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        List<(CustomerId, CustomerEvent)> events = [];
        while (text.ReadLine() is { } line)
        {
            var fields = line.Split('\t');
            var amount = decimal.Parse(fields[1], CultureInfo.InvariantCulture);
            var day = DateOnly.ParseExact(fields[2], "yyyy-MM-dd", CultureInfo.InvariantCulture);
            events.Add((CustomerId.OfUser(Store.Id, fields[0]), new CustomerEvent
            {
                MessageId = $"{events.Count}",
                Source = "donors",
                Kind = EventKind.OrderCompleted,
                At = new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero),
                Order = new OrderFacts($"{events.Count}", new Money((Int128)(amount * 100))),
            }));
        }

        return StoreHistory.Of(events, Store, new DateOnly(2015, 12, 31));
    }
}

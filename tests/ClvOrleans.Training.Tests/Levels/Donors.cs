using System.Globalization;
using System.IO.Compression;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Training.Backtests.Origins;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Tests.Backtests;

namespace ClvOrleans.Training.Tests.Levels;

/// <summary>Eleven years of gifts to a charity, December four times the mean: ../shared/data/README.md.</summary>
internal static class Donors
{
    private static readonly List<(DateOnly Day, double Amount)> All = [];

    /// <summary>All gifts of the same days a year before, counted from the file.</summary>
    public static double SpentAYearBefore(OriginTotal total) =>
        All.Where(g => g.Day > total.Origin.AddYears(-1) && g.Day <= total.Until.AddYears(-1)).Sum(g => g.Amount);

    public static StoreHistory Read()
    {
        All.Clear();
        using var text = new StreamReader(
            new GZipStream(File.OpenRead(Data.Path("donors", "purchases.txt.gz")), CompressionMode.Decompress));
        List<(CustomerId, CustomerEvent)> events = [];
        while (text.ReadLine() is { } line)
        {
            var fields = line.Split('\t');
            var (amount, day) = (decimal.Parse(fields[1], CultureInfo.InvariantCulture), DateOnly.ParseExact(fields[2], "yyyy-MM-dd"));
            All.Add((day, (double)amount));
            events.Add((CustomerId.OfUser(Shop.Settings.Id, fields[0]), new CustomerEvent
            {
                MessageId = $"{events.Count}",
                Source = "donors",
                Kind = EventKind.OrderCompleted,
                At = new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero),
                Order = new OrderFacts($"{events.Count}", new Money((Int128)(amount * 100))),
            }));
        }

        return StoreHistory.Of(events, Shop.Settings, new DateOnly(2015, 12, 31));
    }
}

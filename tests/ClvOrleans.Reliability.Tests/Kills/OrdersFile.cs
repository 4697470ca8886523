using System.Globalization;

namespace ClvOrleans.Reliability.Tests.Kills;

/// <summary>A file of orders that is imported again and again while the service is killed, and what it comes to.</summary>
internal sealed class OrdersFile
{
    private const int Customers = 300;
    private readonly Dictionary<string, (long Orders, decimal Net)> _figures = [];

    public OrdersFile(string path, int seed)
    {
        Path = path;
        var random = new Random(seed);
        using var file = File.CreateText(path);
        file.WriteLine("customer_id,order_id,timestamp,total");
        for (Lines = 0; Lines < Sizes.Of(3_000, 12_000); Lines++)
        {
            var (customer, cents) = ($"i{random.Next(Customers)}", random.Next(100, 20_000));
            var day = new DateOnly(2024, 1, 1).AddDays(random.Next(650));
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{customer},file-{Lines},{day:yyyy-MM-dd},{cents / 100m}"));
            var (orders, net) = _figures.GetValueOrDefault(customer);
            _figures[customer] = (orders + 1, net + (cents / 100m));
        }
    }

    public string Path { get; }

    public int Lines { get; }

    /// <summary>Orders and net value of each customer of the file.</summary>
    public IReadOnlyDictionary<string, (long Orders, decimal Net)> Figures => _figures;
}

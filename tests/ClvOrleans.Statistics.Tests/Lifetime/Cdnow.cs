using System.Globalization;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Statistics.Tests.Lifetime;

/// <summary>The CDNOW 1/10 sample, days merged: 2,357 customers of the first quarter of 1997, to June 1998.</summary>
internal static class Cdnow
{
    public static DateOnly Start { get; } = new(1997, 1, 1);

    public static DateOnly End { get; } = new(1997, 9, 30);

    // Read when asked for, so that a test without the data is skipped.
    private static IReadOnlyList<IReadOnlyList<(int Day, double Spend)>>? _customers;

    /// <summary>Days and spends of each customer.</summary>
    public static IReadOnlyList<IReadOnlyList<(int Day, double Spend)>> Customers => _customers ??=
    [
        .. File.ReadLines(SharedData.Find("cdnow/CDNOW_sample.txt"))
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .GroupBy(f => f[0])
            .Select(customer => customer
                .GroupBy(f => DateOnly.ParseExact(f[2], "yyyyMMdd", CultureInfo.InvariantCulture).DayNumber)
                .OrderBy(d => d.Key)
                .Select(d => (d.Key, d.Sum(f => double.Parse(f[4], CultureInfo.InvariantCulture))))
                .ToArray()),
    ];

    /// <summary>Histories to the end of the calibration.</summary>
    public static IReadOnlyList<PurchaseHistory> Histories => [.. Customers.Select(HistoryOf)];

    /// <summary>Number and mean value of paid repeat purchases to the end of the calibration, where there are any.</summary>
    public static IReadOnlyList<(double Mean, int Count)> Spends =>
    [
        .. Customers.Select(c => c.Skip(1).Where(d => d.Day <= End.DayNumber && d.Spend > 0).Select(d => d.Spend).ToArray())
            .Where(s => s.Length > 0)
            .Select(s => (s.Average(), s.Length)),
    ];

    private static PurchaseHistory HistoryOf(IReadOnlyList<(int Day, double Spend)> customer)
    {
        var days = customer.Select(d => d.Day).Where(d => d <= End.DayNumber).ToArray();
        var gaps = days.Skip(1).Zip(days, (later, earlier) => Math.Log((later - earlier) / 7.0)).Sum();
        return new PurchaseHistory(days.Length - 1, (days[^1] - days[0]) / 7.0, (End.DayNumber - days[0]) / 7.0, gaps);
    }
}

using ClvOrleans.Reports.Sales;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Reports.Demand;

/// <summary>
/// What a store sold, by product and week: weeks are counted back from the end of a day, so that none is unfinished and a year is 52 of
/// them to the weekday. Orders without products are not in it.
/// </summary>
internal sealed class SalesWeeks
{
    /// <summary>The product of lines that name none.</summary>
    public const string Unknown = "(not stated)";

    /// <summary>More is not read: demand forgets.</summary>
    public const int Most = 156;

    private const int Quarter = 13;

    private readonly IReadOnlyList<CustomerSales> _customers;
    private readonly Dictionary<string, int> _numbers;

    // Of the whole time, also where only the first weeks of it are known.
    private readonly double[][] _units;
    private readonly double[][] _winsorised;
    private readonly double[] _bounds;

    private SalesWeeks(
        IReadOnlyList<CustomerSales> customers, Dictionary<string, int> numbers, string[] products, string?[] categories, DateOnly end,
        double[][] units, double[][] winsorised, double[] bounds, double[] prices, int weeks)
    {
        (_customers, _numbers, Products, Categories, End) = (customers, numbers, products, categories, end);
        (_units, _winsorised, _bounds, Prices, Weeks) = (units, winsorised, bounds, prices, weeks);
        (Total, WinsorisedTotal) = (Add(units, weeks), Add(winsorised, weeks));
    }

    /// <summary>The products, in order of id.</summary>
    public string[] Products { get; }

    /// <summary>The category that was last stated of each.</summary>
    public string?[] Categories { get; }

    /// <summary>The last day.</summary>
    public DateOnly End { get; }

    /// <summary>How many weeks.</summary>
    public int Weeks { get; }

    /// <summary>What a unit brought lately, in minor units, by product.</summary>
    public double[] Prices { get; }

    /// <summary>Units of all products by week.</summary>
    public double[] Total { get; }

    /// <summary>The same without what <see cref="OrderSizes"/> cuts from single orders.</summary>
    public double[] WinsorisedTotal { get; }

    /// <summary>Adds up sales to the end of a day; later ones are left out. No products where there are none.</summary>
    public static SalesWeeks Of(IReadOnlyList<CustomerSales> customers, DateOnly end)
    {
        var known = customers.SelectMany(c => c.Sales).Where(s => s.Day <= end && !s.Lines.IsEmpty).ToList();
        var names = known.SelectMany(s => s.Lines).Select(l => l.Product ?? Unknown).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).ToArray();
        var numbers = names.Select((name, i) => (name, i)).ToDictionary(n => n.name, n => n.i, StringComparer.Ordinal);
        var weeks = known.Count == 0 ? 0 : Math.Min(Most, ((end.DayNumber - known.Min(s => s.Day).DayNumber) / 7) + 1);
        double[][] units = [.. names.Select(_ => new double[weeks])];
        double[][] winsorised = [.. units];
        var bounds = Bounds(known, numbers);
        var (recent, all) = (new (double Units, double Revenue)[names.Length], new (double Units, double Revenue)[names.Length]);
        var (categories, stated) = (new string?[names.Length], new DateOnly[names.Length]);
        foreach (var sale in known)
        {
            var week = weeks - 1 - ((end.DayNumber - sale.Day.DayNumber) / 7);
            foreach (var line in sale.Lines)
            {
                var number = numbers[line.Product ?? Unknown];
                if (line.Category is { } category && (sale.Day > stated[number]
                    || (sale.Day == stated[number] && string.CompareOrdinal(category, categories[number]) > 0)))
                {
                    (categories[number], stated[number]) = (category, sale.Day);
                }

                if (week >= 0)
                {
                    Add(units, winsorised, number, week, line.Units, bounds[number]);
                    Add(ref all[number], line);
                }

                if (week >= weeks - Quarter)
                {
                    Add(ref recent[number], line);
                }
            }
        }

        double[] prices = [.. all.Select((sum, p) => Price(recent[p].Units > 0 ? recent[p] : sum))];
        return new SalesWeeks(customers, numbers, names, categories, end, units, winsorised, bounds, prices, weeks);
    }

    /// <summary>The table as it stood some weeks earlier.</summary>
    public SalesWeeks Before(int weeks) => new(
        _customers, _numbers, Products, Categories, End.AddDays(-7 * weeks), _units, _winsorised, _bounds, Prices, Weeks - weeks);

    /// <summary>Units of a product by week.</summary>
    public ReadOnlySpan<double> Units(int product) => _units[product].AsSpan(0, Weeks);

    /// <summary>The same without what <see cref="OrderSizes"/> cuts from single orders.</summary>
    public ReadOnlySpan<double> Winsorised(int product) => _winsorised[product].AsSpan(0, Weeks);

    /// <summary>Units of a line of an order without what is cut from single orders.</summary>
    public double Winsorised(SaleLine line) => Math.Min(line.Units, _bounds[NumberOf(line.Product)]);

    /// <summary>Units of a product in the last weeks.</summary>
    public double Sold(int product, int weeks)
    {
        var sum = 0.0;
        foreach (var units in Units(product)[Math.Max(0, Weeks - weeks)..])
        {
            sum += units;
        }

        return sum;
    }

    /// <summary>The products of which most units were sold in the last year, at most so many.</summary>
    public int[] Best(int most) =>
    [
        .. Enumerable.Range(0, Products.Length).Select(p => (p, Units: Sold(p, 52)))
            .Where(p => p.Units > 0).OrderByDescending(p => p.Units).ThenBy(p => p.p).Take(most).Select(p => p.p),
    ];

    /// <summary>Rows added up, column by column.</summary>
    public static double[] Add(IEnumerable<double[]> rows, int length)
    {
        var sum = new double[length];
        foreach (var row in rows)
        {
            for (var i = 0; i < length; i++)
            {
                sum[i] += row[i];
            }
        }

        return sum;
    }

    /// <summary>First orders by week.</summary>
    public double[] FirstOrders()
    {
        var first = new double[Weeks];
        foreach (var customer in _customers)
        {
            var week = Weeks - 1 - WeeksAgo(customer.FirstDay);
            if (customer.FirstDay <= End && week >= 0)
            {
                first[week]++;
            }
        }

        return first;
    }

    /// <summary>The customers who had bought by the end: their purchase history in weeks, and their orders by age in weeks.</summary>
    public IEnumerable<(PurchaseHistory History, IEnumerable<(int WeeksAgo, Sale Sale)> Sales)> Buyers()
    {
        foreach (var customer in _customers)
        {
            if (customer.FirstDay <= End)
            {
                yield return (HistoryOf(customer), customer.Sales.TakeWhile(s => s.Day <= End).Select(s => (WeeksAgo(s.Day), s)));
            }
        }
    }

    /// <summary>The number of a product in <see cref="Products"/>.</summary>
    public int NumberOf(string? product) => _numbers[product ?? Unknown];

    private static double[] Bounds(List<Sale> sales, Dictionary<string, int> numbers)
    {
        var lines = numbers.Select(_ => new List<double>()).ToArray();
        foreach (var line in sales.SelectMany(s => s.Lines))
        {
            lines[numbers[line.Product ?? Unknown]].Add(line.Units);
        }

        return OrderSizes.Bounds(lines);
    }

    private int WeeksAgo(DateOnly day) => (End.DayNumber - day.DayNumber) / 7;

    private PurchaseHistory HistoryOf(CustomerSales customer)
    {
        var first = customer.FirstDay.DayNumber;
        var (repeats, last, gaps) = (0, first, 0.0);
        foreach (var sale in customer.Sales)
        {
            if (sale.Day <= End && sale.Day.DayNumber > last)
            {
                gaps += Math.Log((sale.Day.DayNumber - last) / 7.0);
                (repeats, last) = (repeats + 1, sale.Day.DayNumber);
            }
        }

        return new PurchaseHistory(repeats, (last - first) / 7.0, (End.DayNumber - first) / 7.0, gaps);
    }

    // A product of which nothing is cut, and nearly all are, has one row for both.
    private static void Add(double[][] units, double[][] winsorised, int product, int week, double sold, double bound)
    {
        if (sold > bound && ReferenceEquals(winsorised[product], units[product]))
        {
            winsorised[product] = [.. units[product]];
        }

        units[product][week] += sold;
        winsorised[product][week] += ReferenceEquals(winsorised[product], units[product]) ? 0 : Math.Min(sold, bound);
    }

    private static void Add(ref (double Units, double Revenue) sum, SaleLine line) =>
        sum = (sum.Units + line.Units, sum.Revenue + (double)line.Net.Minor);

    private static double Price((double Units, double Revenue) sum) => sum.Units > 0 ? sum.Revenue / sum.Units : 0;
}

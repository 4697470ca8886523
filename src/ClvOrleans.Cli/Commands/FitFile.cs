using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;
using ClvOrleans.Server.Imports;
using ClvOrleans.Statistics.Discrete;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Subscriptions;
using ClvOrleans.Training.Fits;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Cli.Commands;

/// <summary>
/// Reads what <c>clv fit</c> fits to: a table of histories or, for models of purchases, any file that <c>clv import</c> takes.
/// </summary>
internal static class FitFile
{
    private static readonly string[] Repeats = ["frequency", "x", "repeats", "transactions"];
    private static readonly string[] Recency = ["recency", "t_x", "last"];
    private static readonly string[] Observed = ["T", "n", "observed", "opportunities"];
    private static readonly string[] Customers = ["customers", "contracts", "weight"];

    /// <summary>Histories of purchases, in weeks, and the file's last day where it is one of events.</summary>
    /// <exception cref="HistoryFormatException">The file is wrong; the message says where.</exception>
    public static IReadOnlyCollection<PurchaseHistory> Purchases(TextLines lines, ImportRequest request, DateOnly? until)
    {
        if (!NumberTable.IsHeader(lines.Peek() ?? "", Repeats, Recency, Observed))
        {
            return PurchasesOfEvents(lines, request, until);
        }

        var table = NumberTable.Read(lines);
        var (x, last, observed) = (table.Column(null, Repeats), table.Column(null, Recency), table.Column(null, Observed));
        return [.. Enumerable.Range(0, table.Rows).Select(i => new PurchaseHistory(x[i], last[i], observed[i]))];
    }

    /// <summary>Histories of opportunities, and how many customers have each.</summary>
    /// <inheritdoc cref="Purchases" />
    public static IReadOnlyCollection<(OpportunityHistory History, double Customers)> Opportunities(TextLines lines)
    {
        var table = NumberTable.Read(lines);
        var (x, last, n) = (table.WholeColumn(null, Repeats), table.WholeColumn(null, Recency), table.WholeColumn(null, Observed));
        var customers = table.Column(1, Customers);
        return [.. Enumerable.Range(0, table.Rows).Select(i => (new OpportunityHistory(x[i], last[i], n[i]), customers[i]))];
    }

    /// <summary>
    /// Histories of contracts, and how many contracts have each: a row a contract, or a row a period with those that are left, of one or
    /// more cohorts.
    /// </summary>
    /// <inheritdoc cref="Purchases" />
    public static IReadOnlyCollection<(ContractHistory History, double Contracts)> Contracts(TextLines lines)
    {
        var cohorts = NumberTable.IsHeader(lines.Peek() ?? "", ["period"], ["alive"]);
        var table = NumberTable.Read(lines);
        if (!cohorts)
        {
            var (renewals, ended) = (table.WholeColumn(null, "renewals"), table.WholeColumn(null, "ended"));
            var contracts = table.Column(1, Customers);
            return [.. Enumerable.Range(0, table.Rows).Select(i => (new ContractHistory(renewals[i], ended[i] != 0), contracts[i]))];
        }

        var (cohort, period, alive) = (table.Column(0, "cohort"), table.WholeColumn(null, "period"), table.Column(null, "alive"));
        return
        [
            .. Enumerable.Range(0, table.Rows).GroupBy(i => cohort[i])
                .SelectMany(c => OfCohort(c.Key, [.. c.Select(i => (period[i], alive[i])).OrderBy(p => p.Item1)])),
        ];
    }

    private static IEnumerable<(ContractHistory History, double Contracts)> OfCohort(double cohort, (int Period, double Alive)[] left)
    {
        for (var t = 0; t < left.Length; t++)
        {
            if (left[t].Period != t || left[t].Alive < 0 || (t > 0 && left[t].Alive > left[t - 1].Alive))
            {
                throw new HistoryFormatException(
                    left[t].Period != t
                        ? $"Cohort {cohort:0.##} has no period {t}: periods are counted from 0, when all contracts are alive."
                        : $"Cohort {cohort:0.##}, period {t}: {left[t].Alive:0.##} contracts cannot be alive.");
            }

            if (t > 0 && left[t].Alive < left[t - 1].Alive)
            {
                yield return (new ContractHistory(t - 1, true), left[t - 1].Alive - left[t].Alive);
            }
        }

        if (left[^1].Alive > 0)
        {
            yield return (new ContractHistory(left.Length - 1, false), left[^1].Alive);
        }
    }

    /// <summary>Days of purchase of each customer in a file of events, and the last day of the data.</summary>
    /// <inheritdoc cref="Purchases" />
    public static (IReadOnlyList<IReadOnlyList<DateOnly>> Customers, DateOnly End) PurchaseDays(
        TextLines lines, ImportRequest request, DateOnly? until)
    {
        var (buyers, end) = Buyers(lines, request, until);
        return ([.. buyers.Select(b => b.PurchaseDays.Select(d => d.Day).Where(d => d <= end).ToArray()).Where(d => d.Length > 0)], end);
    }

    /// <summary>Covariates by day: a column <c>from</c>, and one of numbers for each covariate.</summary>
    /// <inheritdoc cref="Purchases" />
    public static CovariateCalendar Covariates(TextLines lines)
    {
        var table = NumberTable.Read(lines);
        var days = table.DayColumn("from");
        string[] names = [.. table.Columns.Where(c => !c.Equals("from", StringComparison.OrdinalIgnoreCase))];
        if (names.Length == 0)
        {
            throw new HistoryFormatException("The file has no column beside from: one of numbers for each covariate was expected.");
        }

        var late = Enumerable.Range(1, table.Rows - 1).FirstOrDefault(i => days[i] <= days[i - 1]);
        if (late > 0)
        {
            throw new HistoryFormatException($"Column from: {days[late]:yyyy-MM-dd} does not come after {days[late - 1]:yyyy-MM-dd}.");
        }

        IReadOnlyList<double>[] columns = [.. names.Select(n => table.Column(null, n))];
        return new CovariateCalendar(
            [.. names], [.. days], [.. Enumerable.Range(0, table.Rows).Select(i => columns.Select(c => c[i]).ToImmutableArray())]);
    }

    private static IReadOnlyCollection<PurchaseHistory> PurchasesOfEvents(TextLines lines, ImportRequest request, DateOnly? until)
    {
        var (buyers, end) = Buyers(lines, request, until);
        return [.. buyers.Select(b => b.HistoryAt(end)).OfType<PurchaseHistory>()];
    }

    private static (IReadOnlyList<CustomerSummary> Customers, DateOnly End) Buyers(TextLines lines, ImportRequest request, DateOnly? until)
    {
        var store = new StoreSettings { Id = new StoreId("fit"), Currency = request.Currency ?? Domain.Currencies.Currency.Of("USD") };
        var known = request.For(lines);
        var context = known.ToContext(store, "file", TimeProvider.System.GetUtcNow());
        var events = new List<(CustomerId Customer, CustomerEvent Event)>();
        foreach (var row in known.Reader!.Read(lines, context))
        {
            if (row.Event is { } e)
            {
                events.Add((row.Customer, e));
            }
        }

        if (events.Count == 0)
        {
            throw new HistoryFormatException("There is no event in the file.");
        }

        var end = until ?? events.Max(e => store.DayOf(e.Event.At));
        return ([.. StoreHistory.Of(events, store, end).Buyers.Select(b => b.Summary)], end);
    }
}

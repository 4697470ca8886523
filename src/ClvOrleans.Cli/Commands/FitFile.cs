using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;
using ClvOrleans.Server.Imports;
using ClvOrleans.Statistics.Discrete;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Subscriptions;
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

    private static IReadOnlyCollection<PurchaseHistory> PurchasesOfEvents(TextLines lines, ImportRequest request, DateOnly? until)
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
        return [.. StoreHistory.Of(events, store, end).Buyers.Select(b => b.Summary.HistoryAt(end)).OfType<PurchaseHistory>()];
    }
}

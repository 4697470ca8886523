using ClvOrleans.Domain.Customers;
using ClvOrleans.Reports.Disclosure;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Acquisition;

namespace ClvOrleans.Server.Api;

/// <summary>Reads the summaries of all buyers, and tells what the next customers are worth. One report is made at a time.</summary>
internal sealed class AcquisitionReports(OneStore store, ICustomerRows rows, TimeProvider time)
{
    private readonly OneAtATime _turn = new();

    /// <summary>The report; null while another one is being made.</summary>
    public Task<AcquisitionReply?> FindAsync(string by, Func<CustomerSummary, string?> name, CancellationToken cancellation) =>
        _turn.TryRunAsync(() => MakeAsync(by, name, cancellation), cancellation);

    private async Task<AcquisitionReply> MakeAsync(string by, Func<CustomerSummary, string?> name, CancellationToken cancellation)
    {
        store.CheckTellsExactly("what the next customers are worth");
        var settings = store.Settings;
        var today = settings.DayOf(time.GetUtcNow());
        var customers = new NewCustomers(today);
        await foreach (var summary in rows.SummariesAsync(settings.Id, cancellation))
        {
            customers.Add(name(summary), summary);
        }

        var found = customers.Expect(settings);
        return new AcquisitionReply
        {
            By = by,
            AsOf = today,
            Currency = settings.Currency.Code,
            HorizonDays = settings.Horizon.Days,
            All = found is { All: var all } && SmallGroups.MayTell(all.Customers, settings.SmallestGroup)
                ? AcquisitionReply.Row.Of(all, settings.Currency)
                : null,
            Groups = found is { Groups: var groups }
                ? [.. Told(groups, settings.SmallestGroup).Select(g => AcquisitionReply.Row.Of(g, settings.Currency))]
                : [],
        };
    }

    private static IEnumerable<AcquisitionGroup> Told(IEnumerable<AcquisitionGroup> groups, int smallest)
    {
        var small = SmallGroups.Of(groups.Select(g => KeyValuePair.Create(g.Name ?? "", (long)g.Customers)), smallest);
        return groups.Where(g => !small.Contains(g.Name ?? ""));
    }
}

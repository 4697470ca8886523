using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Rules;

/// <summary>
/// Asks a rule of every customer of the store, from the customer rows: exact counts and sums, and the most valuable of those for whom it
/// holds. One page of rows is in memory at a time, and one preview runs at a time.
/// </summary>
internal sealed class RulePreviews(OneStore store, ICustomerRows rows, TimeProvider time)
{
    private const int Page = 1_000;
    private readonly OneAtATime _turn = new();

    /// <summary>The preview; null while another one is being made.</summary>
    public Task<RulePreview?> FindAsync(Rule<CustomerFacts> rule, int sample, CancellationToken cancellation) =>
        _turn.TryRunAsync(() => PreviewAsync(rule, sample, cancellation), cancellation);

    private async Task<RulePreview> PreviewAsync(Rule<CustomerFacts> rule, int sample, CancellationToken cancellation)
    {
        var settings = store.Settings;
        var today = settings.DayOf(time.GetUtcNow());
        var preview = new RulePreview(today);
        CustomerRowPosition? after = null;
        do
        {
            var page = await rows.QueryAsync(
                new CustomerRowQuery(settings.Id, null, 0, int.MaxValue, CustomerRowSort.Predicted, Page, after), cancellation);
            foreach (var row in page.Rows)
            {
                cancellation.ThrowIfCancellationRequested();
                preview.Add(row, rule.Evaluate(new CustomerFacts(row.Id, row.Summary, row.Contribution, today, settings)), sample);
            }

            after = page.Next;
        }
        while (after is not null);
        return preview;
    }
}

using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.CustomerRows;

namespace ClvOrleans.Server.Rules;

/// <summary>Counts who is on which list, from the customer rows.</summary>
internal sealed class ListSizes(OneStore store, ICustomerRows rows)
{
    private const int Page = 1_000;
    private readonly OneAtATime _turn = new();

    /// <summary>The lists by name; null while they are being counted for another.</summary>
    public Task<SortedDictionary<string, long>?> FindAsync(CancellationToken cancellation) =>
        _turn.TryRunAsync(() => CountAsync(cancellation), cancellation);

    private async Task<SortedDictionary<string, long>> CountAsync(CancellationToken cancellation)
    {
        var sizes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        CustomerRowPosition? after = null;
        do
        {
            var page = await rows.QueryAsync(
                new CustomerRowQuery(store.Settings.Id, null, 0, int.MaxValue, CustomerRowSort.Predicted, Page, after), cancellation);
            foreach (var list in page.Rows.SelectMany(r => r.Summary.Lists))
            {
                sizes[list] = sizes.GetValueOrDefault(list) + 1;
            }

            after = page.Next;
        }
        while (after is not null);
        return sizes;
    }
}

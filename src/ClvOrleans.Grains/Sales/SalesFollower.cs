using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Privacy;
using ClvOrleans.Reports.Sales;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Sales;

/// <summary>Follows the sales of one store. One look at a time; those who ask meanwhile wait for theirs.</summary>
internal sealed class SalesFollower(StoreSettings store, IEventHistory history, IJournal journal, ICustomerRows rows, IErasures erasures)
    : IDisposable
{
    // A merge moves a customer from one shard to another: a look that saw only half of it is repeated.
    private const int MostPasses = 5;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<CustomerId, Known> _known = [];
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly long[] _commits = new long[CustomerId.Shards];
    private readonly bool[] _isFolded = new bool[CustomerId.Shards];
    private IReadOnlyList<Buyer>? _buyers;

    /// <summary>All who have bought, as of now.</summary>
    public async Task<IReadOnlyList<Buyer>> ReadAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            // Storage may answer without ever leaving the thread: the caller's is not to be kept for a whole journal.
            await Task.Run(() => FollowAsync(cancellation), cancellation);
            return _buyers ??=
            [
                .. _known.Where(k => k.Value.Sales is not null).OrderBy(k => k.Key.ToText(), StringComparer.Ordinal)
                    .Select(k => new Buyer(k.Key, k.Value.Sales!, k.Value.Contribution)),
            ];
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task FollowAsync(CancellationToken cancellation)
    {
        for (var shard = 0; shard < CustomerId.Shards; shard++)
        {
            if (!_isFolded[shard])
            {
                await FoldAsync(shard, cancellation);
            }
        }

        var isMoving = true;
        for (var pass = 0; isMoving && pass < MostPasses; pass++)
        {
            isMoving = false;
            for (var shard = 0; shard < CustomerId.Shards; shard++)
            {
                isMoving |= await FollowAsync(shard, cancellation);
            }
        }
    }

    // The rows first: whoever moves while the journal is read has a later commit, and is folded anew.
    private async Task FoldAsync(int shard, CancellationToken cancellation)
    {
        var contributions = new Dictionary<CustomerId, Contribution>();
        var commit = 0L;
        await foreach (var change in rows.ChangesAsync(store.Id, shard, 0, cancellation))
        {
            (contributions[change.Customer], commit) = (change.Contribution, change.Commit);
        }

        var (present, events) = (default(CustomerId), new List<CustomerEvent>());
        await foreach (var (customer, e) in history.ReadAsync(store.Id, shard, cancellation))
        {
            if (customer != present)
            {
                Keep(present, events, contributions);
                (present, events) = (customer, []);
            }

            events.Add(e);
        }

        Keep(present, events, contributions);
        (_commits[shard], _isFolded[shard], _buyers) = (commit, true, null);
    }

    private async Task<bool> FollowAsync(int shard, CancellationToken cancellation)
    {
        var hasMoved = false;
        var changes = await rows.ChangesAsync(store.Id, shard, _commits[shard], cancellation).ToListAsync(cancellation);
        var erased = new ErasedChanges(erasures, () => _known.Keys);
        foreach (var written in changes)
        {
            var (commit, customer, contribution) = await erased.ResolveAsync(written);
            if (contribution.Cell is null)
            {
                hasMoved |= _known.Remove(customer);
            }
            else if (_known.TryGetValue(customer, out var known) && known.Contribution.Revision == contribution.Revision)
            {
                _known[customer] = known with { Contribution = contribution };
            }
            else
            {
                var events = await journal.ReadAsync(customer, 0, cancellation);
                _known[customer] = new Known(CustomerSales.Of(events.Select(e => e.Event), store, Shared), contribution);
                hasMoved = true;
            }

            _commits[shard] = commit;
            _buyers = null;
        }

        return hasMoved;
    }

    private void Keep(CustomerId customer, List<CustomerEvent> events, Dictionary<CustomerId, Contribution> contributions)
    {
        if (events.Count > 0 && contributions.TryGetValue(customer, out var contribution) && contribution.Cell is not null)
        {
            _known[customer] = new Known(CustomerSales.Of(events, store, Shared), contribution);
        }
    }

    private string Shared(string text) => _texts.TryGetValue(text, out var known) ? known : _texts[text] = text;

    // Null of those who have bought nothing.
    private sealed record Known(CustomerSales? Sales, Contribution Contribution);
}

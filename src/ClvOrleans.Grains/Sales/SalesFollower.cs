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

/// <summary>
/// Follows the sales of one store. One look at a time; those who ask meanwhile wait for theirs. Sales that take too much memory are let
/// go of at once, and nobody reads the journal for them again for a while.
/// </summary>
internal sealed class SalesFollower(
    StoreSettings store, IEventHistory history, IJournal journal, ICustomerRows rows, IErasures erasures, int mostMegabytes,
    TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    // A merge moves a customer from one shard to another: a look that saw only half of it is repeated.
    private const int MostPasses = 5;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<CustomerId, Known> _known = [];
    private readonly SharedTexts _texts = new();
    private readonly long[] _commits = new long[store.Shards.Value];
    private readonly bool[] _isFolded = new bool[store.Shards.Value];
    private IReadOnlyList<Buyer>? _buyers;
    private long _bytes;
    private long? _tooManyAt;

    /// <summary>The settings that sales are folded by.</summary>
    public StoreSettings Store => store;

    /// <summary>All who have bought, as of now.</summary>
    /// <exception cref="TooManySalesException">They take more memory than they may.</exception>
    public async Task<IReadOnlyList<Buyer>> ReadAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_tooManyAt is { } at && time.GetElapsedTime(at) < Pause)
            {
                throw new TooManySalesException(mostMegabytes);
            }

            // Storage may answer without ever leaving the thread: the caller's is not to be kept for a whole journal.
            await Task.Run(() => FollowAsync(cancellation), cancellation);
            return _buyers ??=
            [
                .. _known.Where(k => k.Value.Sales is not null).OrderBy(k => k.Key.ToText(), StringComparer.Ordinal)
                    .Select(k => new Buyer(k.Key, k.Value.Sales!, k.Value.Contribution)),
            ];
        }
        catch (TooManySalesException) when (_known.Count > 0)
        {
            (_tooManyAt, _bytes, _buyers) = (time.GetTimestamp(), 0, null);
            _known.Clear();
            _known.TrimExcess();
            _texts.Clear();
            Array.Clear(_commits);
            Array.Clear(_isFolded);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task FollowAsync(CancellationToken cancellation)
    {
        for (var shard = 0; shard < store.Shards.Value; shard++)
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
            for (var shard = 0; shard < store.Shards.Value; shard++)
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
                hasMoved |= Remove(customer);
            }
            else if (_known.TryGetValue(customer, out var known) && known.Contribution.Revision == contribution.Revision)
            {
                _known[customer] = known with { Contribution = contribution };
            }
            else
            {
                var events = await journal.ReadAsync(customer, 0, cancellation);
                Set(customer, events.Select(e => e.Event), contribution);
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
            Set(customer, events, contribution);
        }
    }

    private void Set(CustomerId customer, IEnumerable<CustomerEvent> events, Contribution contribution)
    {
        Remove(customer);
        var known = _known[customer] = new Known(CustomerSales.Of(events, store, Shared), contribution);
        _bytes += SalesMemory.BytesOf(known.Sales);
        if (_bytes > mostMegabytes * 1_000_000L)
        {
            throw new TooManySalesException(mostMegabytes);
        }
    }

    private bool Remove(CustomerId customer)
    {
        if (!_known.Remove(customer, out var known))
        {
            return false;
        }

        _bytes -= SalesMemory.BytesOf(known.Sales);
        return true;
    }

    private string Shared(string text) => _texts.Of(text, SalesMemory.MostTextsOf(_bytes));

    // Null of those who have bought nothing.
    private sealed record Known(CustomerSales? Sales, Contribution Contribution);
}

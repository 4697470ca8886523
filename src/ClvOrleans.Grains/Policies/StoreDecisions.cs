using System.Collections.Concurrent;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Runs;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage.Policies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Policies;

/// <summary>
/// Decides for the shards of a store that this silo looks after: those that are asked for at once in one round and one transaction, since
/// most have a single decision. A shard that has more than a page, or that stands in the way of the others, goes on by itself.
/// </summary>
internal sealed class StoreDecisions : IAsyncDisposable
{
    // Somebody moves on now and then; who always stands in the way is left to their shard.
    private const int MostRepeats = 2;
    private readonly ConcurrentDictionary<int, ShardDecisions> _open = new();
    private readonly ConcurrentDictionary<ShardDecisions, bool> _asked = new();
    private readonly CoalescedRuns _runs;
    private readonly StoreId _id;
    private readonly IServiceProvider _services;
    private readonly IDecisions _decisions;
    private readonly IStores _stores;
    private readonly int _page;
    private readonly CancellationToken _stopping;
    private volatile Task _round = Task.CompletedTask;

    public StoreDecisions(
        StoreId id, IServiceProvider services, IDecisions decisions, IStores stores, IOptions<PolicyOptions> options,
        IHostApplicationLifetime lifetime)
    {
        (_id, _services, _decisions, _stores, _stopping) = (id, services, decisions, stores, lifetime.ApplicationStopping);
        (_page, _runs) = (options.Value.Page, new CoalescedRuns(RunAsync, _stopping));
    }

    /// <summary>Begins to look after a shard.</summary>
    public ShardDecisions Open(int shard) =>
        _open[shard] = new ShardDecisions(shard, ActivatorUtilities.CreateInstance<DecisionRun>(_services, _id, shard), _stopping);

    /// <summary>Has a shard decided; false where nobody looks after it here.</summary>
    public bool TryAsk(int shard)
    {
        if (!_open.TryGetValue(shard, out var open))
        {
            return false;
        }

        Ask(open);
        return true;
    }

    /// <summary>Has a shard decided.</summary>
    public void Ask(ShardDecisions shard)
    {
        _asked[shard] = true;
        _runs.Ask();
    }

    /// <summary>The same, and waits for its end.</summary>
    public async Task SettleAsync(ShardDecisions shard)
    {
        Ask(shard);
        await _runs.WaitAsync();
        await shard.Alone.WaitAsync();
    }

    /// <summary>Ceases to look after a shard, once what is under way has ended.</summary>
    public async Task LeaveAsync(ShardDecisions shard)
    {
        _open.TryRemove(KeyValuePair.Create(shard.Shard, shard));
        _asked.TryRemove(shard, out _);
        await shard.Alone.LeaveAsync();
        await _round;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _runs.LeaveAsync();
        _runs.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        var asked = _asked.Keys.Where(s => _asked.TryRemove(s, out _)).OrderBy(s => s.Shard).ToList();
        foreach (var alone in asked.Where(s => s.Alone.IsRunning))
        {
            alone.Alone.Ask();
        }

        asked.RemoveAll(s => s.Alone.IsRunning);
        while (asked.Count > 0 && _stores.IsOpen(_id) && !cancellation.IsCancellationRequested)
        {
            var round = RoundAsync(asked, MostRepeats, cancellation);
            _round = round;
            asked = await round;
        }
    }

    // Those that were left out, since the batch was full. Never fails: who could not be decided together goes on alone, and says why.
    private async Task<List<ShardDecisions>> RoundAsync(List<ShardDecisions> asked, int again, CancellationToken cancellation)
    {
        var (parts, left) = (new List<(ShardDecisions Shard, DecisionPart Part)>(), new List<ShardDecisions>());
        try
        {
            await Task.WhenAll(asked.Select(s => s.Run.TakeAsync(cancellation)));
            var round = asked[0].Run.Begin(cancellation);
            foreach (var shard in asked)
            {
                if (round.Count >= _page)
                {
                    left.Add(shard);
                }
                else if (await shard.Run.AddAsync(round) is { } part)
                {
                    parts.Add((shard, part));
                }
            }

            if (parts.Count == 0)
            {
                return left;
            }

            var batch = round.ToBatch([.. parts.Select(p => p.Part)]);
            var status = await _decisions.AppendAsync(batch, cancellation);
            if (status == DecisionStatus.Kept)
            {
                parts.ForEach(p => p.Shard.Run.Follow(p.Part));
                await parts[0].Shard.Run.TellAsync(batch);
                parts.RemoveAll(p => p.Part.IsLast);
            }
            else if (status == DecisionStatus.Stale && again > 0)
            {
                return await RoundAsync(asked, again - 1, cancellation);
            }
        }
        catch (Exception)
        {
            // Whose fault it was shows when each goes on alone; what was kept all the same is found in storage.
            asked.ForEach(s => s.Run.Forget());
            parts = [.. asked.Select(s => (s, default(DecisionPart)!))];
            left = [];
        }

        parts.ForEach(p => p.Shard.Alone.Ask());
        return left;
    }
}

using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Policies;
using ClvOrleans.Grains.Watches;
using ClvOrleans.Storage.Stores;
using Orleans.Providers;

namespace ClvOrleans.Server.Stores;

/// <summary>
/// Keeps the directory of this silo as the database has it, and has every silo follow before a change is acknowledged: from then on each
/// uses it for the next request. A silo that joins reads when it is a member, and so misses no change that others are told of.
/// </summary>
internal sealed class StoreFollower(
    IStoreRecords records, StoreDirectory stores, WatchCache watches, PolicyCache policies, ChampionHost champions, IGrainFactory grains,
    TimeProvider time)
    : IControllable, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>The name under which silos find it on each other.</summary>
    public const string Name = "clv.stores";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Reads the stores as they are now.</summary>
    public async Task FollowAsync(CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var book = await records.ReadAsync(cancellation);
            if (book.Revision == stores.Revision)
            {
                return;
            }

            var (before, all) = (stores.Stores, book.All.Select(VersionOf).ToList());
            stores.Set(book.Revision, all);
            foreach (var changed in all.Except<KeptStore>(before, ReferenceEqualityComparer.Instance))
            {
                watches.Forget(changed.Id);
                policies.Forget(changed.Id);
            }

            // Settings that estimates rest on have promoted the champion again.
            await champions.RefreshAsync(cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Returns when every silo has followed up to a revision.</summary>
    /// <exception cref="StoreException">One has not in time; it is kept all the same.</exception>
    public async Task TellAsync(long revision)
    {
        for (var begun = time.GetTimestamp(); ;)
        {
            string failure;
            try
            {
                var seen = await grains.GetGrain<IManagementGrain>(0).SendControlCommandToProvider<StoreFollower>(Name, 0, revision)
                    .WaitAsync(Each, time);
                if (seen.All(s => s is long at && at >= revision))
                {
                    return;
                }

                failure = "It reads an older revision.";
            }
            catch (Exception e)
            {
                // A silo that does not answer is asked again until it does, or is declared dead.
                failure = e.GetType().Name;
            }

            if (time.GetElapsedTime(begun) >= Patience)
            {
                throw new StoreException(
                    StatusCodes.Status503ServiceUnavailable, "not_everywhere",
                    "The change is kept, but not every silo has confirmed it; those that are reached again follow within seconds. "
                        + $"GET /api/v1/stores shows it. ({failure})");
            }

            await Task.Delay(Pause, time);
        }
    }

    /// <inheritdoc />
    public async Task<object?> ExecuteCommand(int command, object? arg)
    {
        await FollowAsync();
        return stores.Revision;
    }

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(StoreFollower), ServiceLifecycleStage.Active, FollowAsync);

    public void Dispose() => _turn.Dispose();

    // What did not change stays the same object, by which others know that it did not.
    private KeptStore VersionOf(StoreRecord record) =>
        stores.TryFind(record.Store) is { } known && known.Record == record ? known : KeptStore.Of(record);
}

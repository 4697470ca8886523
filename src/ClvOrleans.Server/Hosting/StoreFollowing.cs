using ClvOrleans.Server.Stores;
using ClvOrleans.Storage;

namespace ClvOrleans.Server.Hosting;

/// <summary>Follows the stores also where nobody tells this silo of a change: it was cut off when the change was made.</summary>
internal sealed class StoreFollowing(StoreFollower follower, TimeProvider time, ILogger<StoreFollowing> logger)
    : RepeatedService(time, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override Task WaitAsync(CancellationToken cancellation) => Task.Delay(Interval, Time, cancellation);

    protected override async Task WorkAsync(CancellationToken cancellation)
    {
        try
        {
            await follower.FollowAsync(cancellation);
        }
        catch (StorageUnavailableException)
        {
            // Told by StorageWatch.
        }
    }
}

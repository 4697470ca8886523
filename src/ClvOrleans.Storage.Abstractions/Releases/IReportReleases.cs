using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Releases;

/// <summary>What stores tell in reports with noise: one release at a time, the same on all silos until its last day is over.</summary>
public interface IReportReleases
{
    /// <summary>The latest release; null where there was none.</summary>
    Task<KeptRelease?> FindAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps a release in place of one that holds no longer; durable on return. One that still holds stays: of several that are kept at
    /// once, the first.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="release">The release.</param>
    /// <param name="today">The store's day.</param>
    /// <param name="cancellation">Not looked at once it is being written.</param>
    /// <returns>The one that is kept.</returns>
    Task<KeptRelease> KeepAsync(StoreId store, KeptRelease release, DateOnly today, CancellationToken cancellation = default);

    /// <summary>The secret that the noise of a store is drawn by.</summary>
    /// <param name="store">The store.</param>
    /// <param name="offered">Becomes the secret where there is none; durable on return.</param>
    /// <param name="cancellation">Not looked at once it is being written.</param>
    Task<string> SecretAsync(StoreId store, string offered, CancellationToken cancellation = default);
}

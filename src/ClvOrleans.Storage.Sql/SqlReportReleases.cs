using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Releases;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IReportReleases" />
public sealed class SqlReportReleases(ISqlDatabase database) : IReportReleases
{
    private const string Kept = "SELECT told_until, content FROM report_releases WHERE store = $store";

    /// <inheritdoc />
    public async Task<KeptRelease?> FindAsync(StoreId store, CancellationToken cancellation = default)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await FindAsync(session, store);
    }

    /// <inheritdoc />
    public async Task<KeptRelease> KeepAsync(
        StoreId store, KeptRelease release, DateOnly today, CancellationToken cancellation = default)
    {
        KeptRelease? kept = null;
        await database.WriteAsync([$"report-releases/{store}"], async session =>
        {
            await session.RunAsync(
                "INSERT INTO report_releases (store, told_until, content) VALUES ($store, $until, $content) ON CONFLICT (store) DO UPDATE "
                    + "SET told_until = excluded.told_until, content = excluded.content WHERE report_releases.told_until < $today",
                ("$store", store.Value), ("$until", (long)release.ToldUntil.DayNumber), ("$content", release.Content),
                ("$today", (long)today.DayNumber));
            kept = await FindAsync(session, store);
        });
        return kept!;
    }

    /// <inheritdoc />
    public async Task<string> SecretAsync(StoreId store, string offered, CancellationToken cancellation = default)
    {
        var secret = "";
        await database.WriteAsync([$"report-releases/{store}"], async session =>
        {
            await session.RunAsync(
                "INSERT INTO noise_secrets (store, secret) VALUES ($store, $secret) ON CONFLICT DO NOTHING",
                ("$store", store.Value), ("$secret", offered));
            secret = (string)(await session.ScalarAsync("SELECT secret FROM noise_secrets WHERE store = $store", ("$store", store.Value)))!;
        });
        return secret;
    }

    private static async ValueTask<KeptRelease?> FindAsync(ISqlSession session, StoreId store) => (await session.ReadAsync(
        Kept, row => new KeptRelease(DateOnly.FromDayNumber((int)row.GetInt64(0)), row.GetString(1)), ("$store", store.Value)))
        .SingleOrDefault();
}

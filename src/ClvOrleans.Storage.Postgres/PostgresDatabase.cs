using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Storage.Sql.Copies;
using Npgsql;

namespace ClvOrleans.Storage.Postgres;

/// <summary>A PostgreSQL database with the tables of this version: its connections and its health.</summary>
public sealed class PostgresDatabase : ISqlDatabase, IAsyncDisposable
{
    private const int MostTries = 20;
    private static readonly TimeSpan CheckPatience = TimeSpan.FromSeconds(5);
    private readonly PostgresOptions _options;
    private volatile StorageTrouble? _trouble;

    private PostgresDatabase(PostgresOptions options, NpgsqlDataSource source, string location) =>
        (_options, Source, Location) = (options, source, location);

    /// <summary>Host, port and database, as messages name them.</summary>
    public string Location { get; }

    /// <summary>
    /// The number of this process among those that have written to the database: each row of the journal names its writer.
    /// </summary>
    public long Writer { get; private set; }

    /// <summary>What is wrong with the database as far as is known; null while nothing is.</summary>
    public StorageTrouble? Trouble => _trouble;

    /// <summary>The connection string, for Orleans' own tables.</summary>
    public string ConnectionString
    {
        get
        {
            var settings = new NpgsqlConnectionStringBuilder(_options.ConnectionString);
            settings.TargetSessionAttributes = HasStandbys(settings) ? "primary" : null;
            return settings.ConnectionString;
        }
    }

    /// <inheritdoc />
    public SqlShards Shards { get; } = new();

    /// <summary>Its connections.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>Opens the database and brings its tables up to date.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be reached, or a newer version of clv has written to it.</exception>
    public static Task<PostgresDatabase> OpenAsync(PostgresOptions options, CancellationToken cancellation = default) =>
        OpenAsync(options, isCopied: false, cancellation);

    /// <summary>As above, also one that a copy is being written to.</summary>
    internal static async Task<PostgresDatabase> OpenAsync(PostgresOptions options, bool isCopied, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            MaxPoolSize = options.MostConnections,
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true, // No session state is used: a transaction is rolled back where it was not committed.
        };

        // A statement is planned once: for arrays of a few elements the server would plan it anew each time, which takes longer than to run
        // it. Every statement has an index, and a plan that was made while a table was small must not scan it when it is large.
        var wait = (long)options.LockWait.TotalMilliseconds;
        settings.Options =
            $"{settings.Options} -c lock_timeout={wait} -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off".Trim();
        var location = $"{settings.Host}:{settings.Port}/{settings.Database}";
        var database = new PostgresDatabase(options, SourceOf(settings), location);
        try
        {
            await database.ToldAsync(async () =>
            {
                await PostgresMigrations.ApplyAsync(database.Source, location, cancellation);
                return isCopied || await database.IsWholeAsync() ? true : throw new StorageUnavailableException(HalfCopied(location));
            });
            database.Writer = await database.EnterAsync();
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public string ElementsOf(string column) => $"json_array_elements(convert_from({column}, 'UTF8')::json)";

    /// <inheritdoc />
    public async ValueTask<long> TakeCommitAsync(ISqlSession session, StoreId store, int shard) => (long)(await session.ScalarAsync(
        "INSERT INTO shard_commits AS s (store, shard, commit_number) VALUES ($store, $shard, 1) "
            + "ON CONFLICT (store, shard) DO UPDATE SET commit_number = s.commit_number + 1 RETURNING commit_number",
        ("$store", store.Value), ("$shard", (long)shard)))!;

    /// <inheritdoc />
    /// <remarks>
    /// Removes the deleted rows and what indexes have of them, also where autovacuum would find too few. The server's log of changes is
    /// recycled by its settings.
    /// </remarks>
    public async Task<bool> CompactAsync(IReadOnlyCollection<string> tables, CancellationToken cancellation = default)
    {
        await using var session = await OpenSessionAsync(cancellation);
        await using var vacuum = session.Connection.CreateCommand();
        vacuum.CommandText = $"VACUUM (INDEX_CLEANUP ON) {string.Join(", ", tables)}";
        vacuum.CommandTimeout = 0; // As long as it takes: nobody waits for its locks.
        try
        {
            await ToldAsync(() => vacuum.ExecuteNonQueryAsync(cancellation));
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false; // Another one is at it.
        }
    }

    /// <inheritdoc />
    public async Task ForgetSnapshotsAsync(CancellationToken cancellation = default)
    {
        await using var session = await OpenSessionAsync(cancellation);
        await session.RunAsync("DELETE FROM orleansstorage");
    }

    /// <inheritdoc />
    public async ValueTask<ISqlSession> OpenAsync(CancellationToken cancellation = default) => await OpenSessionAsync(cancellation);

    /// <inheritdoc />
    public Task WriteAsync(IReadOnlyCollection<string> scopes, Func<ISqlSession, ValueTask> write) =>
        WriteAsync(LockKeys.Sorted(scopes.Select(LockKeys.Of)), write);

    /// <inheritdoc />
    public Task WriteFollowingAsync(IReadOnlyCollection<string> scopes, Func<ISqlSession, ValueTask> write) => WriteAsync(scopes, write);

    /// <inheritdoc />
    public Task WriteLaterAsync(string scope, Func<ISqlSession, ValueTask> write) => WriteAsync([scope], write);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Source.DisposeAsync();

    /// <summary>Writes in a transaction that holds locks; tried again where it lost against another one.</summary>
    internal async Task WriteAsync(long[] locks, Func<PostgresSession, ValueTask> write)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await TryWriteAsync(locks, write);
                return;
            }
            catch (PostgresException e) when (PostgresTrouble.IsConflict(e) && tries < MostTries)
            {
                // Another transaction was faster, and what it did is seen now; or it stands still.
                if (e.SqlState == PostgresErrorCodes.LockNotAvailable)
                {
                    await EndStandingStillAsync();
                }
            }
        }
    }

    internal async ValueTask<PostgresSession> OpenSessionAsync(CancellationToken cancellation) =>
        new(this, await ToldAsync(() => Source.OpenConnectionAsync(cancellation).AsTask()));

    // Of several hosts, the one that is written to is looked for: after a failover it is another one.
    private static NpgsqlDataSource SourceOf(NpgsqlConnectionStringBuilder settings)
    {
        if (!HasStandbys(settings))
        {
            return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
        }

        settings.TargetSessionAttributes = null;
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary);
    }

    private static bool HasStandbys(NpgsqlConnectionStringBuilder settings) => settings.Host?.Contains(',') == true;

    /// <summary>Notes the trouble of an error, and throws what callers understand.</summary>
    internal async Task<T> ToldAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (e is not StorageUnavailableException && PostgresTrouble.Of(e, Location) is { } trouble)
        {
            _trouble = trouble;
            throw new StorageUnavailableException(trouble.Message, e);
        }
    }

    /// <summary>What is said of a database that a copy is being written to.</summary>
    internal static string HalfCopied(string location) =>
        $"A copy into PostgreSQL at {location} has not ended: run the same clv restore or clv move again, which goes on where it broke "
            + "off.";

    private async Task TryWriteAsync(long[] locks, Func<PostgresSession, ValueTask> write)
    {
        await using var session = await OpenSessionAsync(CancellationToken.None);
        await using var transaction = await ToldAsync(() => session.Connection.BeginTransactionAsync().AsTask());
        session.Hold(locks);
        await write(session);
        await ToldAsync(async () =>
        {
            await transaction.CommitAsync();
            return true;
        });
        _trouble = null;
    }

    // Those that hold locks of a commit while the server waits for their client, also in the middle of a COPY.
    private async Task EndStandingStillAsync()
    {
        await using var session = await OpenSessionAsync(CancellationToken.None);
        await session.ScalarAsync(
            "SELECT count(pg_terminate_backend(a.pid)) FROM pg_stat_activity a WHERE a.datname = current_database() "
                + "AND a.usename = current_user AND a.pid <> pg_backend_pid() AND a.wait_event = 'ClientRead' "
                + "AND a.xact_start IS NOT NULL AND a.state_change < clock_timestamp() - $limit AND EXISTS (SELECT FROM pg_locks l "
                + "WHERE l.pid = a.pid AND l.granted AND (l.locktype = 'advisory' OR l.relation = 'shard_commits'::regclass))",
            ("$limit", _options.Standstill));
    }

    private async Task<bool> IsWholeAsync()
    {
        await using var session = await OpenSessionAsync(CancellationToken.None);
        return await session.ScalarAsync("SELECT to_regclass($name)::text", ("$name", StoreTable.CopyProgress)) is null;
    }

    private async Task<long> EnterAsync()
    {
        await using var session = await OpenSessionAsync(CancellationToken.None);
        return (long)(await session.ScalarAsync(
            "INSERT INTO writers (host, process, since) VALUES ($host, $process, now()) RETURNING number",
            ("$host", Environment.MachineName), ("$process", Environment.ProcessId)))!;
    }

    /// <summary>Looks whether the database answers.</summary>
    internal async Task CheckAsync()
    {
        await ToldAsync(async () =>
        {
            using var limit = new CancellationTokenSource(CheckPatience);
            try
            {
                await using var connection = await Source.OpenConnectionAsync(limit.Token);
                await using var command = new NpgsqlCommand("SELECT 1 FROM schema_migrations LIMIT 1", connection);
                return await command.ExecuteScalarAsync(limit.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new NpgsqlException(e.Message, new TimeoutException()); // A server that is there and does not answer.
            }
        });
        _trouble = null;
    }
}

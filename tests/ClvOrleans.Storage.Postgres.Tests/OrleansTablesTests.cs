using System.Reflection;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Testing;
using Npgsql;
using Orleans.Configuration;

namespace ClvOrleans.Storage.Postgres.Tests;

/// <summary>The tables and statements of Orleans: complete, and true to what it expects of them.</summary>
public sealed class OrleansTablesTests : IAsyncLifetime
{
    private const string Cluster = "test";
    private readonly string _schema = $"s{Guid.NewGuid():N}";
    private PostgresStore _store = null!;

    private string Text => TestServer.ConnectionStringFor(_schema);

    public async ValueTask InitializeAsync()
    {
        await TestServer.RunAsync(Text, $"CREATE SCHEMA {_schema}");
        _store = await PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = Text, MostConnections = 4 });
        Assert.Equal(1, await CountAsync("InsertMembershipVersionKey"));
        Assert.Equal(0, await CountAsync("InsertMembershipVersionKey"));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(typeof(AdoNetClusteringSiloOptions))]
    [InlineData(typeof(AdoNetGrainStorageOptions))]
    [InlineData(typeof(AdoNetReminderTableOptions))]
    public async Task Every_statement_that_a_package_asks_for_is_there(Type ofPackage)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        var asked = ofPackage.Assembly.GetTypes()
            .Where(t => t.Name is "DbStoredQueries" or "MembershipStoredQueries" or "RemindersStoredQueries")
            .SelectMany(t => t.GetProperties(Any)).Where(p => p.PropertyType == typeof(string)).Select(p => p.Name).ToHashSet();
        if (asked.Count == 0)
        {
            // The storage of states names its statements where it reads them.
            asked = ["ReadFromStorageKey", "WriteToStorageKey", "ClearStorageKey", "DeleteStorageKey"];
        }

        var there = await _store.Database.ReadAsync("SELECT QueryKey FROM OrleansQuery", row => row.GetString(0));
        Assert.Empty(asked.Except(there));
    }

    [Fact]
    public async Task A_change_of_a_member_who_is_gone_does_not_raise_the_version()
    {
        Assert.Equal(1, await CountAsync("InsertMembershipKey", Member(1, version: 0)));
        Assert.Equal(1, await VersionAsync());
        Assert.Equal(0, await CountAsync("InsertMembershipKey", Member(1, version: 1)));
        Assert.Equal(0, await CountAsync("InsertMembershipKey", Member(2, version: 0)));
        Assert.Equal(1, await VersionAsync());
        Assert.Equal(1, await CountAsync("UpdateMembershipKey", Member(1, version: 1, status: 3)));
        Assert.Equal(0, await CountAsync("UpdateMembershipKey", Member(1, version: 1, status: 6)));
        await TestServer.RunAsync(Text, "DELETE FROM OrleansMembershipTable");
        Assert.Equal(0, await CountAsync("UpdateMembershipKey", Member(1, version: 2, status: 6)));
        Assert.Equal(2, await VersionAsync());
    }

    [Fact]
    public async Task Assertions_that_the_server_has_switched_off_change_nothing()
    {
        await using var source = NpgsqlDataSource.Create(Text + ";Options=-c plpgsql.check_asserts=off");
        await using var command = source.CreateCommand("SELECT count(*) FROM OrleansQuery WHERE QueryText ILIKE '%assert%'");
        Assert.Equal(0L, await command.ExecuteScalarAsync());
        Assert.Equal(0, await CountAsync("UpdateMembershipKey", Member(9, version: 0, status: 6)));
        Assert.Equal(0, await VersionAsync());
    }

    [Fact]
    public async Task Only_dead_members_are_cleaned()
    {
        int[] statuses = [1, 2, 3, 4, 5, 6];
        foreach (var (status, i) in statuses.Select((s, i) => (s, i)))
        {
            Assert.Equal(1, await CountAsync("InsertMembershipKey", Member(status, version: i, status)));
        }

        await RunAsync("CleanupDefunctSiloEntriesKey", ("IAmAliveTime", DateTime.UtcNow.AddHours(1)));
        var left = await _store.Database.ReadAsync("SELECT Status FROM OrleansMembershipTable ORDER BY Status", row => row.GetInt32(0));
        Assert.Equal([1, 2, 3, 4, 5], left);
    }

    [Fact]
    public async Task A_reminder_is_there_once_and_is_deleted_by_its_version_only()
    {
        (string, object)[] reminder =
        [
            ("ServiceId", "clv"), ("GrainId", "g/1"), ("ReminderName", "daily"), ("StartTime", DateTime.UtcNow), ("Period", 60_000L),
            ("GrainHash", 7),
        ];
        var versions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CountAsync("UpsertReminderRowKey", reminder)));
        Assert.Equal(Enumerable.Range(0, 8), versions.Order());
        Assert.Equal(0, await CountAsync("DeleteReminderRowKey", [.. reminder, ("Version", 6)]));
        Assert.Equal(1, await CountAsync("DeleteReminderRowKey", [.. reminder, ("Version", 7)]));
    }

    private static (string, object)[] Member(int generation, int version, int status = 1) =>
    [
        ("Version", version), ("Address", "127.0.0.1"), ("Port", 1), ("Generation", generation), ("SiloName", "s"), ("HostName", "h"),
        ("Status", status), ("ProxyPort", 2), ("SuspectTimes", ""), ("StartTime", DateTime.UtcNow), ("IAmAliveTime", DateTime.UtcNow),
    ];

    private async Task<int> VersionAsync() =>
        (await _store.Database.ReadAsync("SELECT Version FROM OrleansMembershipVersionTable", row => row.GetInt32(0))).Single();

    private async Task<int> CountAsync(string key, params (string Name, object Value)[] parameters) =>
        (int)(await RunAsync(key, parameters))!;

    // As Orleans does: the statement as it is kept, with parameters by name.
    private async Task<object?> RunAsync(string key, params (string Name, object Value)[] parameters)
    {
        var text = (await _store.Database.ReadAsync(
            "SELECT QueryText FROM OrleansQuery WHERE QueryKey = $key", row => row.GetString(0), ("$key", key))).Single();
#pragma warning disable CA2100 // The statement is the schema's own.
        await using var command = _store.Database.Source.CreateCommand(text);
#pragma warning restore CA2100
        command.Parameters.AddWithValue("DeploymentId", Cluster);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return await command.ExecuteScalarAsync();
    }
}

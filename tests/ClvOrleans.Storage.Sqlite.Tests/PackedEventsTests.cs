using System.Collections.Immutable;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Conformance;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Sqlite.Checks;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>What packs are in a file: what they leave out is gone from it, and the check of the file knows them.</summary>
public sealed class PackedEventsTests : IAsyncLifetime
{
    private const string Secret = "what-nobody-may-find";
    private static readonly StoreSettings Settings = new() { Id = Sample.Shop };
    private readonly SqliteEngine _engine = new();
    private readonly string _place = Guid.NewGuid().ToString("N");
    private string _journal = "";

    public async ValueTask InitializeAsync()
    {
        await using var store = await _engine.OpenAsync(_place, new DeadLetterOptions());
        _journal = store.Location;
        var anna = Sample.Customer("anna");
        CustomerEvent[] events = [.. Enumerable.Range(0, 50).Select(i => Sample.PageView($"m{i}") with { Subject = Secret })];
        await store.Services.GetRequiredService<IJournal>().AppendAsync(
            new CustomerCommit { ExpectedSequence = 0, Events = [.. events], Row = Sample.Row(anna, 50) });
        Assert.Equal(50, await store.Services.GetRequiredService<IEventPacks>().PackAsync(anna, Sample.Time, (_, _) => true));
    }

    public async ValueTask DisposeAsync() => await ((IStorageEngine)_engine).RemoveAsync(_place);

    [Fact]
    public async Task What_is_left_out_is_in_no_byte_of_the_file()
    {
        var bytes = await File.ReadAllBytesAsync(_journal, TestContext.Current.CancellationToken);
        Assert.Equal(-1, bytes.AsSpan().IndexOf("what-nobody-may-find"u8));
    }

    [Fact]
    public void A_store_with_packs_is_sound() => Assert.Empty(FindingsAbout("events"));

    [Theory]
    [InlineData("UPDATE events SET payload = x'0102'", "event 50 cannot be read: A pack of events cannot be read.")]
    [InlineData("UPDATE events SET payload = x'02'", "event 50 cannot be read: ")]
    [InlineData("UPDATE events SET at = at + 1", "event 50 is another one than its columns say: web m49.")]
    [InlineData("UPDATE events SET kind = 'PageViewed'", "event 50 is another one than its columns say: web m49.")]
    [InlineData("UPDATE events SET sequence = 51", "event 51 is another one than its columns say: web m49.")]
    public void A_pack_that_is_damaged_is_told(string damage, string finding)
    {
        using (var connection = new SqliteConnection($"Data Source={_journal};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this test.
            command.CommandText = damage;
#pragma warning restore CA2100
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        Assert.Contains($"shop/c:anna: {finding}", FindingsAbout("events")[0], StringComparison.Ordinal);
    }

    private ImmutableArray<string> FindingsAbout(string check) =>
        StoreCheck.Run(Path.GetDirectoryName(_journal)!, Settings, TestContext.Current.CancellationToken)
            .First(c => c.Name == check).Found;
}

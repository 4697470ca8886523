using System.Collections.Immutable;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Serialization;

namespace ClvOrleans.Grains.Tests.Formats;

/// <summary>The bytes of a stored snapshot.</summary>
public sealed class SnapshotFormatTests : IDisposable
{
    private static readonly CustomerSnapshot Snapshot = new()
    {
        Fold = "3:UTC",
        Sequence = 64,
        State = [1, 2, 3],
        Source = "web",
        MessageId = "m1",
        Fingerprints = [7, uint.MaxValue],
        Baskets = [4, 5],
        Recent = [6],
    };

    private readonly ServiceProvider _services = new ServiceCollection().AddClvMessages().BuildServiceProvider();

    private SnapshotSerializer Serializer => new(_services.GetRequiredService<Serializer>(), NullLogger<SnapshotSerializer>.Instance);

    public void Dispose() => _services.Dispose();

    [Fact]
    public void A_snapshot_is_written_as_it_was() => Golden.Matches("snapshot.hex", HexDump.Of(Serializer.Serialize(Snapshot).ToArray()));

    [Fact]
    public void A_snapshot_that_was_stored_is_read() => Assert.Equivalent(
        Snapshot, Serializer.Deserialize<CustomerSnapshot>(new BinaryData(HexDump.Parse(Golden.Read("snapshot.hex")))), strict: true);

    [Fact]
    public void A_snapshot_of_before_there_were_baskets_is_read_without_them() => Assert.Equivalent(
        Snapshot with { Baskets = [], Recent = [] },
        Serializer.Deserialize<CustomerSnapshot>(new BinaryData(HexDump.Parse(Golden.Read("snapshot-without-baskets.hex")))), strict: true);

    [Fact]
    public void A_snapshot_is_read_under_whatever_name_its_type_and_members_have()
    {
        var read = Serializer.Deserialize<Renamed>(new BinaryData(HexDump.Parse(Golden.Read("snapshot.hex"))));

        Assert.Equal(("3:UTC", 64, "web", "m1"), (read.Calendar, read.Number, read.Sender, read.Message));
        Assert.Equal([1, 2, 3], read.Bytes);
        Assert.Equal([7, uint.MaxValue], read.Prints);
    }

    // A record as before: Orleans writes a class in another form.
    [GenerateSerializer, Alias("clv.tests.renamed")]
    internal sealed record Renamed
    {
        [Id(4)]
        public string Message { get; set; } = "";

        [Id(0)]
        public string Calendar { get; set; } = "";

        [Id(1)]
        public long Number { get; set; }

        [Id(2)]
        public byte[] Bytes { get; set; } = [];

        [Id(5)]
        public ImmutableArray<uint> Prints { get; set; }

        [Id(3)]
        public string Sender { get; set; } = "";
    }
}

using ClvOrleans.Domain.Events;
using ClvOrleans.Storage.Conformance;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Tests;

namespace ClvOrleans.Storage.Sqlite.Tests.Formats;

/// <summary>
/// Packs of events are read as they were written once. What is written may change with the program that packs: a later Brotli may find
/// shorter bytes for the same.
/// </summary>
public sealed class EventPackFormatTests
{
    private static readonly JournalEntry[] Entries =
    [
        new(3, Sample.PageView("m1")),
        new(4, Sample.PageView("m2") with
        {
            Kind = EventKind.ProductViewed,
            Products = [new ProductLine("p1", "Küche")],
            Duration = 61_000,
        }),
        new(700, Sample.PageView("m3") with { Kind = EventKind.MessageOpened, Message = new MessageFacts("email") }),
    ];

    [Fact]
    public void A_pack_of_the_first_version_is_read()
    {
        var pack = Convert.FromHexString(Golden.Read("event-pack.txt").Trim());
        Assert.True(EventPack.Is(pack));
        Assert.Equal(Text(Entries), Text(EventPack.Read(pack)));
    }

    [Fact]
    public void What_is_packed_is_read_again_and_no_part_of_it()
    {
        var pack = EventPack.ToBytes(Entries);
        Assert.Equal(Text(Entries), Text(EventPack.Read(pack)));
        Assert.All(Enumerable.Range(0, pack.Length), n => Assert.Throws<InvalidDataException>(() => EventPack.Read(pack[..n])));
        Assert.Throws<InvalidDataException>(() => EventPack.Read([2, .. pack[1..]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => EventPack.ToBytes([Entries[1], Entries[0]]));
    }

    private static IEnumerable<string> Text(IEnumerable<JournalEntry> entries) =>
        entries.Select(e => $"{e.Sequence} {e.Event} {string.Join(' ', e.Event.Products)}");
}

using System.Collections.Immutable;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Grains.Customers;

/// <summary>A customer's folded state at a sequence. A cache: without it the journal is replayed from the start.</summary>
[GenerateSerializer, Alias("clv.snapshot")]
public sealed record CustomerSnapshot
{
    /// <summary>Version of the fold and the store's calendar; another one makes the snapshot void.</summary>
    [Id(0)]
    public string Fold { get; set; } = "";

    /// <summary>Sequence of the last event folded.</summary>
    [Id(1)]
    public long Sequence { get; set; }

    /// <summary>The state's canonical bytes.</summary>
    [Id(2)]
    public byte[] State { get; set; } = [];

    /// <summary>
    /// Source of the last event folded. Where the journal holds another event at <see cref="Sequence"/>, the snapshot is of another
    /// journal.
    /// </summary>
    [Id(3)]
    public string Source { get; set; } = "";

    /// <summary>Message id of the last event folded.</summary>
    [Id(4)]
    public string MessageId { get; set; } = "";

    /// <summary>Fingerprints of all events folded; default where there are too many.</summary>
    [Id(5)]
    public ImmutableArray<uint> Fingerprints { get; set; }

    /// <summary>The baskets (<c>BasketFormat</c>); empty in a snapshot of before there were any, which is void therefore.</summary>
    [Id(6)]
    public byte[] Baskets { get; set; } = [];

    /// <summary>What was of interest of late (<c>RecentFormat</c>).</summary>
    [Id(7)]
    public byte[] Recent { get; set; } = [];

    /// <summary>The last event folded.</summary>
    public EventKey Last => new(Source, MessageId);
}

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
}

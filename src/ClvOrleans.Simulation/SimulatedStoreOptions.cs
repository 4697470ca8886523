namespace ClvOrleans.Simulation;

/// <summary>What decides a simulated store: equal options give equal events, to the bit.</summary>
public sealed record SimulatedStoreOptions
{
    private readonly int _customers = 1_500;
    private readonly int _days = 730;

    /// <summary>When the store starts to be observed.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>
    /// How many customers buy for the first time within <see cref="Days"/>; later ones come at the same pace. 1 to 1,000,000; default
    /// 1,500.
    /// </summary>
    public int Customers
    {
        get => _customers;
        init => _customers = value is >= 1 and <= 1_000_000
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Customers), "1 to 1,000,000 customers can be simulated.");
    }

    /// <summary>Length of the history, 1 to 3,650 days; default 730.</summary>
    public int Days
    {
        get => _days;
        init => _days = value is >= 1 and <= 3_650
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Days), "1 to 3,650 days can be simulated.");
    }

    /// <summary>Seed of all chance. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How customers buy.</summary>
    public StoreProcess Process { get; init; } = new();

    /// <summary>End of the history; the store goes on after it.</summary>
    public DateTimeOffset End => Start.AddDays(Days);
}

using System.Collections.Immutable;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Postgres;

/// <summary>A customer row with its bytes, made before the transaction.</summary>
internal sealed class PreparedRow(CustomerRow row)
{
    public CustomerRow Row => row;

    public byte[] Summary { get; } = CustomerRowColumns.ToBytes(row.Summary);

    /// <summary>The row that it replaces, as the transaction found it.</summary>
    public WatchedRow? Old { get; set; }

    /// <summary>How an identity stood that becomes this customer in the transaction.</summary>
    public WatchState? Joined { get; set; }

    /// <summary>Whether it is the row of an identity that ends.</summary>
    public bool IsGone { get; init; }

    /// <summary>What the watches notice by it; known once it is written.</summary>
    public ImmutableArray<Transition> Noticed { get; private set; } = [];

    /// <summary>What it says of the watches, and what they notice.</summary>
    public (WatchedRow Now, ImmutableArray<Transition> Transitions) Step()
    {
        var step = IsGone ? WatchedRow.OfGone(row, Old!) : WatchedRow.Of(row, Old, Joined);
        Noticed = step.Transitions;
        return step;
    }
}

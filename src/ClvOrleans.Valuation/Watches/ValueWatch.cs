using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Valuation.Watches;

/// <summary>Notices that a customer's predicted value has moved by so much since it was last noticed, or since it was first seen.</summary>
/// <param name="Subject">Who watches.</param>
/// <param name="Revision">Number of the definition.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Share">The least move as a share of the value that it is measured from, above 0; null where only the amount counts.</param>
/// <param name="Amount">The least move as an amount, above 0; null where only the share counts. Where both are given, both must be
/// reached.</param>
/// <param name="Rule">The condition on the customer at that moment; null for everybody.</param>
public sealed record ValueWatch(
    WatchSubject Subject, long Revision, ValueDirection Direction, double? Share, Money? Amount, Rule<CustomerFacts>? Rule = null)
    : Watch(Subject, Revision, Rule)
{
    /// <summary>Whether a move is as great as was asked for.</summary>
    public bool HasMoved(Money from, Money to)
    {
        var move = Direction switch
        {
            ValueDirection.Up => to - from,
            ValueDirection.Down => from - to,
            _ => to > from ? to - from : from - to,
        };
        return move > Money.Zero && (Amount is not { } amount || move >= amount)
            && (Share is not { } share || (double)move.Minor >= share * (double)from.Minor);
    }

    /// <summary>What the next move is measured from after a value that was not noticed.</summary>
    internal Money AnchorAfter(Money anchor, Money now) => Direction switch
    {
        ValueDirection.Up => now < anchor ? now : anchor,
        ValueDirection.Down => now > anchor ? now : anchor,
        _ => anchor,
    };
}

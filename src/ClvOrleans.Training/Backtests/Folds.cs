using System.Collections.Frozen;
using System.IO.Hashing;
using System.Text;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Training.Backtests;

/// <summary>
/// The buyers of a history in parts of equal size, give or take one. They are dealt out in the order of a seeded hash of their ids, so that
/// neither the order of the file nor the age of an id decides. Not by the hash's remainder, as learners form their own halves: two folds
/// would leave each learner a half without customers.
/// </summary>
public sealed class Folds
{
    private readonly FrozenDictionary<CustomerId, int> _folds;

    private Folds(int count, FrozenDictionary<CustomerId, int> folds) => (Count, _folds) = (count, folds);

    /// <summary>Number of folds.</summary>
    public int Count { get; }

    /// <summary>Deals them out.</summary>
    /// <param name="past">The history.</param>
    /// <param name="count">Number of folds.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <exception cref="BacktestException">There are fewer buyers than folds.</exception>
    public static Folds Deal(StoreHistory past, int count, int seed)
    {
        if (past.Buyers.Length < count)
        {
            throw new BacktestException($"{count} folds need {count} customers with a paid order; there are {past.Buyers.Length}.");
        }

        var dealt = past.Buyers.Select(c => c.Id).OrderBy(HashOf).Index();
        return new Folds(count, dealt.ToFrozenDictionary(c => c.Item, c => c.Index % count));

        ulong HashOf(CustomerId id) => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(id.ToText()), seed);
    }

    /// <summary>The fold of a buyer, from 0.</summary>
    public int Of(CustomerId buyer) => _folds[buyer];

    /// <summary>The history without a fold: nothing of its buyers is in it. Who has not bought is in none and stays.</summary>
    public StoreHistory Outside(StoreHistory past, int fold) => past.Where(c => _folds.GetValueOrDefault(c.Id, -1) != fold);
}

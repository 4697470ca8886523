using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.DeadLetters;

namespace ClvOrleans.Storage.Privacy;

/// <summary>Refused events of people who were erased or are suppressed.</summary>
public static class ErasedLetters
{
    /// <summary>
    /// Those of the letters that name nobody who was erased or is suppressed. When it happened cannot be told of an event that was refused:
    /// also of somebody who has come back none is kept.
    /// </summary>
    public static async Task<IReadOnlyCollection<DeadLetter>> KeptAsync(
        this IErasures erasures, IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellation = default)
    {
        if (letters.Count == 0 || await erasures.FindKeyAsync(cancellation) is null)
        {
            return letters;
        }

        var kept = new List<DeadLetter>(letters.Count);
        foreach (var ofStore in letters.GroupBy(l => l.Store))
        {
            var named = ofStore.Select(l => (Letter: l, Names: NamesOf(ofStore.Key, l).ToArray())).ToArray();
            var found = await erasures.FindAsync(ofStore.Key, [.. named.SelectMany(n => n.Names).Distinct()], cancellation);
            kept.AddRange(named.Where(n => !n.Names.Any(name => found.TryGetValue(name, out var erasure)
                && (erasure.IsErased || erasure.Until >= n.Letter.ReceivedAt))).Select(n => n.Letter));
        }

        return kept;
    }

    private static IEnumerable<ErasedName> NamesOf(StoreId store, DeadLetter letter)
    {
        foreach (var name in NamesOfText.Of(letter.Payload.Span))
        {
            yield return ErasedName.Of(CustomerId.OfUser(store, name));
            yield return ErasedName.Of(CustomerId.OfVisitor(store, name));
            yield return ErasedName.OfOrder(name);
            if (name.Contains('@', StringComparison.Ordinal))
            {
                yield return ErasedName.OfEmail(name);
            }
        }
    }
}

using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Valuation.Reviews;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <summary>What <see cref="IJournal.AppendAsync"/> does to the state.</summary>
internal static class InMemoryCommit
{
    public static InMemoryState Append(InMemoryState state, CustomerCommit commit)
    {
        var id = commit.Row.Id;
        Fence(state, id, commit.ExpectedSequence);
        InMemoryErasures.Guard(state, commit);
        var joined = commit.Merged is { } other ? state.Rows.GetValueOrDefault(other.From).Row?.Watches : null;
        state = commit.Merged is { } merged ? Merge(state, merged, commit.Row) : state;
        foreach (var e in commit.Events)
        {
            state = state.JournalOf(id).Exists(entry => entry.Event.Key == e.Key && !state.IsPacked(id, entry))
                ? throw new SequenceConflictException()
                : Add(state, id, e, commit);
        }

        state = Claim(state, commit);
        state = commit.BoughtAt is { } bought ? InMemoryDeliveries.MarkBought(state, id, bought) : state;
        state = commit.Merged is null ? state : Settle(state, commit);
        return commit.Row.Sequence > 0 ? state.Watch(commit.Row, joined) : state;
    }

    private static InMemoryState Add(InMemoryState state, CustomerId id, CustomerEvent e, CustomerCommit commit) => state with
    {
        Journals = state.Journals.SetItem(
            id,
            state.JournalOf(id).Add(
                new JournalEntry(commit.ExpectedSequence + commit.Events.IndexOf(e) + 1, e with { ReviewText = null }))),
        Reviews = e is { ReviewText: { } text, Rating: { } rating }
            ? state.Reviews.SetItem((id, e.Key), new RatedReview(e.At, rating, text))
            : state.Reviews,
    };

    private static void Fence(InMemoryState state, CustomerId id, long expected)
    {
        if (state.Links.ContainsKey(id) || (state.Rows.GetValueOrDefault(id).Row?.Sequence ?? 0) != expected)
        {
            throw new SequenceConflictException();
        }
    }

    private static InMemoryState Merge(InMemoryState state, IdentityMerge merged, CustomerRow row)
    {
        var (from, target) = (merged.From, row.Id);
        Fence(state, from, merged.Sequence);
        CustomerId Of(CustomerId id)
        {
            return id == from ? target : id;
        }

        state = InMemoryDecisions.Merge(state, from, target);
        state = state with
        {
            Journals = state.Journals.Remove(from),
            Packed = state.Packed.Remove(from),
            Orders = state.Orders.ToImmutableDictionary(o => o.Key, o => Of(o.Value)),
            Links = state.Links.ToImmutableDictionary(l => l.Key, l => Of(l.Value)).Add(from, target),
            Reviews = state.Reviews.OrderBy(r => r.Key.Customer == from)
                .Select(r => KeyValuePair.Create((Customer: Of(r.Key.Customer), r.Key.Key), r.Value)).DistinctBy(r => r.Key)
                .ToImmutableDictionary(),
            Exposures = InMemoryExposures.Merge(state.Exposures, from, target),
            Contested =
            [
                .. state.Contested.Select(c => (Completion: c.Completion with { Sender = Of(c.Completion.Sender) }, Owner: Of(c.Owner)))
                    .DistinctBy(c => (c.Completion.Sender, c.Completion.Event.OrderId, c.Completion.Event.Key)),
            ],
        };
        var identities = state.Links.Where(l => l.Value == target).Select(l => l.Key.Id).Distinct(StringComparer.Ordinal);
        if (identities.Count() > merged.MostIdentities)
        {
            throw new IdentityLimitException();
        }

        var gone = new CustomerRow
        {
            Id = from,
            Sequence = merged.Sequence + 1,
            Summary = new CustomerSummary(),
            Contribution = Contribution.Gone(merged.Sequence + 1),
        };
        return merged.Sequence == 0 ? state : state.Leave(gone, row.Reading);
    }

    private static InMemoryState Claim(InMemoryState state, CustomerCommit commit)
    {
        var id = commit.Row.Id;
        var claimed = commit.ClaimedOrders.Select(o => (id.Store, o)).ToHashSet();
        var taken = claimed.Where(o => state.Orders.GetValueOrDefault(o, id) != id).ToImmutableDictionary(o => o.o, o => state.Orders[o]);
        if (!taken.IsEmpty)
        {
            throw new OrdersTakenException(taken);
        }

        var left = state.Held.RemoveAll(h => h.Sender.Store == id.Store
            && commit.Delivered.Any(d => d.Event.Key == h.Event.Key && d.Event.OrderId == h.Event.OrderId));
        return left.Exists(h => claimed.Contains((h.Sender.Store, h.Event.OrderId!)))
            ? throw new SequenceConflictException()
            : state with { Held = left, Orders = state.Orders.SetItems(claimed.Select(o => KeyValuePair.Create(o, id))) };
    }

    private static InMemoryState Settle(InMemoryState state, CustomerCommit commit)
    {
        var id = commit.Row.Id;
        var left = state.Contested.RemoveAll(c => c.Completion.Sender == id && c.Owner == id
            && commit.Settled.Any(s => s.Event.Key == c.Completion.Event.Key && s.Event.OrderId == c.Completion.Event.OrderId));
        return left.Exists(c => c.Completion.Sender == id && c.Owner == id)
            ? throw new SequenceConflictException()
            : state with { Contested = left };
    }
}

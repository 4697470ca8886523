using System.Collections.Concurrent;
using ClvOrleans.Contracts;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;
using ClvOrleans.Model.Journal;

namespace ClvOrleans.Grains.Customers;

/// <summary>Joins the identities that events name, and remembers which are joined: almost every event names some that are.</summary>
internal sealed class IdentityJoins(IGrainFactory grains)
{
    private const int Remembered = 200_000;
    private readonly ConcurrentDictionary<CustomerId, CustomerId> _settled = new();

    /// <summary>Joins what the events name. Afterwards visitors who are known are part of their customers; refusals are written to the outcomes.</summary>
    public async Task JoinAsync(IReadOnlyList<RoutedEvent> events, Outcome[] outcomes)
    {
        // The first identification of a visitor wins, so the others of a batch need not be tried.
        var visitors = events.Where(e => e.Visitor is not null).DistinctBy(e => e.Visitor).Select(e => (Visitor: e.Visitor!.Value, e.Subject)).ToArray();
        var joined = new bool[visitors.Length];
        await Parallel.ForAsync(0, visitors.Length, EventRouter.AtOnce, async (i, _) => joined[i] = await JoinAsync(visitors[i].Visitor, visitors[i].Subject));
        var refused = visitors.Where((_, i) => !joined[i]).Select(v => v.Visitor).ToHashSet();
        for (var i = 0; i < events.Count; i++)
        {
            var isRefused = events[i].Visitor is { } visitor && refused.Contains(visitor);
            if (events[i].Previous is { } previous)
            {
                var subject = events[i].Subject;
                isRefused |= !await JoinAsync(CustomerId.OfVisitor(subject.Store, previous), subject);
                isRefused |= !await JoinAsync(CustomerId.OfUser(subject.Store, previous), subject);
            }

            // Orders and behaviour of someone with too many identities still count; declaring one more identity does not.
            if (isRefused && events[i].Event.Kind is EventKind.Identified or EventKind.Aliased)
            {
                outcomes[i] = new Outcome(
                    OutcomeKind.Refused, "identity_limit", $"userId: more than {IdentityGrain.Limit} identities would become one customer.");
            }
        }
    }

    /// <summary>Makes one identity part of another. False beyond the limit of identities.</summary>
    /// <exception cref="JournalFullException">The sender should come again in a moment.</exception>
    public async Task<bool> JoinAsync(CustomerId from, CustomerId target)
    {
        if (from == target || (_settled.TryGetValue(from, out var settled) && (from.Kind == CustomerKind.Visitor || settled == target)))
        {
            return true;
        }

        switch (await grains.GetIdentity(from).JoinAsync(from, target))
        {
            case CommitStatus.Done:
                break;
            case CommitStatus.TooManyIdentities:
                return false;
            case CommitStatus.Full:
                throw new JournalFullException();
            default:
                throw new TimeoutException($"{from} could not become {target} while others changed them.");
        }

        if (_settled.Count > Remembered)
        {
            _settled.Clear();
        }

        _settled[from] = target;
        return true;
    }
}

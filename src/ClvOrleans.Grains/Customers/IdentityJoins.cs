using System.Collections.Concurrent;
using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Customers;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Grains.Customers;

/// <summary>Joins the identities that events name, and remembers which are joined: almost every event names some that are.</summary>
internal sealed class IdentityJoins(IGrainFactory grains, IJournal journal, int mostIdentities)
{
    private const int Remembered = 200_000;
    private readonly ConcurrentDictionary<CustomerId, CustomerId> _settled = new();

    /// <summary>
    /// The events under the one spelling of their customers. A spelling that differs becomes part of it, with what a store of earlier
    /// versions may have recorded under it; beyond the limit of identities that history stays apart.
    /// </summary>
    public async Task<IReadOnlyList<RoutedEvent>> UnifySpellingsAsync(IReadOnlyList<RoutedEvent> events, Verdicts verdicts)
    {
        var spelt = Enumerable.Range(0, events.Count)
            .Where(i => events[i].Subject.Canonical() != events[i].Subject)
            .ToLookup(i => events[i].Subject);
        if (spelt.Count == 0)
        {
            return events;
        }

        await Parallel.ForEachAsync(spelt, EventRouter.AtOnce, async (spelling, _) =>
        {
            try
            {
                await JoinAsync(spelling.Key, spelling.Key.Canonical());
            }
            catch (Exception e)
            {
                verdicts.Fail(spelling, e);
            }
        });
        return [.. events.Select(e => e with { Subject = e.Subject.Canonical() })];
    }

    /// <summary>
    /// Joins what the events name. Afterwards visitors who are known are part of their customers; refusals and failures are written to the
    /// verdicts.
    /// </summary>
    public async Task JoinAsync(IReadOnlyList<RoutedEvent> events, Verdicts verdicts)
    {
        var visitors = Enumerable.Range(0, events.Count).Where(i => events[i].Visitor is not null).GroupBy(i => events[i].Visitor!.Value);
        var refused = new ConcurrentDictionary<CustomerId, bool>();
        await Parallel.ForEachAsync(visitors, EventRouter.AtOnce, async (visitor, _) =>
        {
            // The first identification of a visitor wins, so the others of a batch need not be tried; unless it fails.
            foreach (var claim in visitor.GroupBy(i => events[i].Subject))
            {
                try
                {
                    if (!await JoinAsync(visitor.Key, claim.Key))
                    {
                        refused[visitor.Key] = true;
                    }

                    break;
                }
                catch (Exception e)
                {
                    verdicts.Fail(claim, e);
                }
            }
        });
        for (var i = 0; i < events.Count; i++)
        {
            var isRefused = events[i].Visitor is { } visitor && refused.ContainsKey(visitor);
            if (events[i].Previous is { } previous)
            {
                isRefused |= !await JoinPreviousAsync(previous, events[i].Subject, i, verdicts);
            }

            // Orders and behaviour of someone with too many identities still count; declaring one more identity does not.
            if (isRefused && events[i].Event.Kind is EventKind.Identified or EventKind.Aliased)
            {
                verdicts[i] = new EventOutcome(
                    OutcomeKind.Refused, "identity_limit", $"userId: more than {mostIdentities} identities would become one customer.");
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

        await JoinRivalsAsync(from);
        if (_settled.Count > Remembered)
        {
            _settled.Clear();
        }

        _settled[from] = target;
        return true;
    }

    /// <summary>Forgets what an identity was joined to: they were erased.</summary>
    public void Forget(CustomerId identity) => _settled.TryRemove(identity, out _);

    /// <summary>
    /// Of two who have completed the same order: which is a visitor, and which the customer that this shows them to be; null where neither
    /// or both are.
    /// </summary>
    public static (CustomerId Visitor, CustomerId Customer)? VisitorOf(CustomerId one, CustomerId other) => (one.Kind, other.Kind) switch
    {
        (CustomerKind.Visitor, CustomerKind.Customer) => (one, other),
        (CustomerKind.Customer, CustomerKind.Visitor) => (other, one),
        _ => null,
    };

    /// <summary>
    /// Joins those who have completed an order of a customer, or whose order the customer has completed, and are visitors.
    /// </summary>
    /// <remarks>A visitor whose order another visitor had is somebody now: then the other one is the same person.</remarks>
    public async Task JoinRivalsAsync(CustomerId joined)
    {
        var rivals = await journal.FindRivalsAsync(joined);
        foreach (var other in rivals.Others)
        {
            if (VisitorOf(rivals.Customer, other) is { } pair)
            {
                await JoinAsync(pair.Visitor, pair.Customer);
            }
        }
    }

    private async Task<bool> JoinPreviousAsync(string previous, CustomerId subject, int index, Verdicts verdicts)
    {
        try
        {
            var (visitor, user) = (CustomerId.OfVisitor(subject.Store, previous), CustomerId.OfUser(subject.Store, previous));
            var isJoined = await JoinAsync(visitor, subject);
            isJoined &= await JoinAsync(user, subject);
            return await JoinAsync(user.Canonical(), subject) && isJoined;
        }
        catch (Exception e)
        {
            verdicts.Fail([index], e);
            return true;
        }
    }
}

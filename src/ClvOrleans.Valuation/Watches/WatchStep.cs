using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Valuation.Watches;

/// <summary>
/// One look at a customer: how they stand now, and what changed. Pure; storage takes it in the transaction that writes the customer row.
/// </summary>
public sealed class WatchStep
{
    private readonly ImmutableArray<WatchStanding>.Builder _standings = ImmutableArray.CreateBuilder<WatchStanding>();
    private readonly ImmutableArray<Transition>.Builder _transitions = ImmutableArray.CreateBuilder<Transition>();
    private readonly WatchState _old;
    private readonly WatchState _joined;
    private readonly WatchReading _reading;
    private readonly TransitionFacts _facts;
    private readonly bool _isNew;

    private WatchStep(WatchState? old, WatchState? joined, Money? before, WatchReading reading)
    {
        (_old, _joined, _reading, _isNew) = (old ?? WatchState.None, joined ?? WatchState.None, reading, old is null);
        _facts = reading.Facts with { PredictedBefore = before };
    }

    /// <summary>How the customer stands now.</summary>
    public WatchState State { get; private set; } = WatchState.None;

    /// <summary>What changed, by subject.</summary>
    public ImmutableArray<Transition> Transitions { get; private set; } = [];

    /// <summary>Looks at a customer.</summary>
    /// <param name="old">How they stood; null for a customer who had no row.</param>
    /// <param name="joined">How an identity stood that is merged into them; null where none is.</param>
    /// <param name="before">Their predicted value before; null where they had no row.</param>
    /// <param name="reading">What the watches say now.</param>
    public static WatchStep Of(WatchState? old, WatchState? joined, Money? before, WatchReading reading)
    {
        var step = new WatchStep(old, joined, before, reading);
        step.Look();
        step.State = step.Stand();
        step.Transitions = step._transitions.ToImmutable();
        return step;
    }

    /// <summary>What an identity leaves that is merged into another.</summary>
    /// <param name="customer">The identity.</param>
    /// <param name="old">How it stood.</param>
    /// <param name="before">Its predicted value.</param>
    /// <param name="reading">What the watches say of the customer that it becomes.</param>
    public static ImmutableArray<Transition> Leave(CustomerId customer, WatchState old, Money before, WatchReading reading) =>
    [
        .. from standing in old.Standings
           where standing.Holds
           select new Transition
           {
               Customer = customer,
               Subject = standing.Subject,
               Revision = old.Version.Of(standing.Subject.Kind),
               Kind = TransitionKind.Left,
               Entry = standing.Entry,
               Since = standing.Since!.Value,
               At = reading.At,
               Cause = WatchCause.Merge,
               Facts = reading.Facts with
               {
                   PredictedBefore = before, Predicted = Money.Zero, ProbabilityAlive = null, Lifecycle = null, Lower = null, Upper = null,
               },
           },
    ];

    private WatchState Stand()
    {
        var (old, now) = (_old.Version, _reading.List.Version);
        return new WatchState(
            new WatchVersion(Math.Max(old.Segments, now.Segments), Math.Max(old.Policies, now.Policies)), _standings.ToImmutable())
        {
            IsBehind = IsBehind(WatchKind.Segment) || IsBehind(WatchKind.Policy),
        };
    }

    // Another silo knows newer definitions already, by which the customer was looked at: they stand, and the row is looked at again.
    private bool IsBehind(WatchKind kind) => _reading.List.Version.Of(kind) < _old.Version.Of(kind);

    private void Look()
    {
        var watches = _reading.List.Watches;
        var (at, from) = (0, 0);
        if (_joined.Standings.IsEmpty && _old.Standings.IsEmpty)
        {
            for (; at < watches.Length; at++)
            {
                Look(watches[at], at, null, null);
            }

            return;
        }

        // Both are by subject.
        var stood = Union();
        while (at < watches.Length || from < stood.Count)
        {
            var order = at == watches.Length ? 1 : from == stood.Count ? -1 : watches[at].Subject.CompareTo(stood[from].Subject);
            if (order > 0)
            {
                Drop(stood[from].Old, stood[from].Joined);
                from++;
                continue;
            }

            Look(watches[at], at, order == 0 ? stood[from].Old : null, order == 0 ? stood[from].Joined : null);
            at++;
            from += order == 0 ? 1 : 0;
        }
    }

    private List<(WatchSubject Subject, WatchStanding? Old, WatchStanding? Joined)> Union()
    {
        var all = new List<(WatchSubject Subject, WatchStanding? Old, WatchStanding? Joined)>(_old.Standings.Length);
        var (one, other) = (0, 0);
        while (one < _old.Standings.Length || other < _joined.Standings.Length)
        {
            var order = one == _old.Standings.Length ? 1
                : other == _joined.Standings.Length ? -1
                : _old.Standings[one].Subject.CompareTo(_joined.Standings[other].Subject);
            var (old, joined) = (order <= 0 ? _old.Standings[one++] : null, order >= 0 ? _joined.Standings[other++] : null);
            all.Add(((old ?? joined)!.Subject, old, joined));
        }

        return all;
    }

    // What is watched no longer; or what this silo does not know yet.
    private void Drop(WatchStanding? old, WatchStanding? joined)
    {
        var subject = (old ?? joined)!.Subject;
        if (IsBehind(subject.Kind))
        {
            Keep(subject, _old.Version.Of(subject.Kind), old, joined);
        }
        else if (old is { Since: { } since })
        {
            Notice(subject, _reading.List.Version.Of(subject.Kind), TransitionKind.Left, old.Entry, since, WatchCause.Definition, _facts);
        }
    }

    private void Look(Watch watch, int place, WatchStanding? old, WatchStanding? joined)
    {
        if (watch is EventWatch happens)
        {
            Look(happens, place, Entries(old, joined));
        }
        else if (IsBehind(watch.Subject.Kind))
        {
            Keep(watch.Subject, watch.Revision, old, joined);
        }
        else if (watch is ValueWatch moves)
        {
            Look(moves, place, Entries(old, joined), joined is null ? old?.Anchor : null);
        }
        else
        {
            Look(watch.Subject, watch.Revision, _reading.Holds[place], old, joined, IsNewTo(watch)
                ? WatchCause.Definition
                : _reading.Cause);
        }
    }

    private void Keep(WatchSubject subject, long revision, WatchStanding? old, WatchStanding? joined)
    {
        if ((old?.Anchor ?? joined?.Anchor) is { } anchor)
        {
            _standings.Add(new WatchStanding(subject, Entries(old, joined), null, anchor));
            return;
        }

        Look(subject, revision, old is { Holds: true } || joined is { Holds: true }, old, joined, _reading.Cause);
    }

    private void Look(WatchSubject subject, long revision, bool holds, WatchStanding? old, WatchStanding? joined, WatchCause cause)
    {
        var (entries, since) = (Entries(old, joined), old?.Since);
        if (holds && since is null)
        {
            since = joined?.Since ?? _reading.At;
            entries += joined is { Holds: true } ? 0 : 1;
            Notice(subject, revision, TransitionKind.Entered, entries, since.Value, cause, _facts, joined is { Holds: true });
        }
        else if (!holds && since is { } begun)
        {
            Notice(subject, revision, TransitionKind.Left, entries, begun, cause, _facts);
            since = null;
        }
        else if (holds && joined?.Since is { } earlier && earlier < since)
        {
            since = earlier; // One person: the stay is as long as that of the identity that was there first.
        }

        if (entries > 0)
        {
            _standings.Add(new WatchStanding(subject, entries, since));
        }
    }

    // A merge and a new definition begin anew: neither is a move.
    private void Look(ValueWatch watch, int place, int entries, Money? anchor)
    {
        var now = _reading.Facts.Predicted;
        if (anchor is not { } from || IsNewTo(watch))
        {
            _standings.Add(new WatchStanding(watch.Subject, entries, null, now));
            return;
        }

        var hasMoved = watch.HasMoved(from, now) && _reading.Holds[place];
        if (hasMoved)
        {
            var cause = _reading.Cause;
            Notice(
                watch.Subject, watch.Revision, TransitionKind.Moved, ++entries, _reading.At, cause, _facts with { PredictedBefore = from });
        }

        _standings.Add(new WatchStanding(watch.Subject, entries, null, hasMoved ? now : watch.AnchorAfter(from, now)));
    }

    private void Look(EventWatch watch, int place, int entries)
    {
        foreach (var (key, kind) in _reading.Events)
        {
            if (kind == watch.Kind && _reading.Holds[place])
            {
                Notice(watch.Subject, watch.Revision, TransitionKind.Happened, ++entries, _reading.At, WatchCause.Of(key), _facts);
            }
        }

        if (entries > 0)
        {
            _standings.Add(new WatchStanding(watch.Subject, entries));
        }
    }

    private static int Entries(WatchStanding? old, WatchStanding? joined) => (old?.Entry ?? 0) + (joined?.Entry ?? 0);

    private bool IsNewTo(Watch watch) => !_isNew && watch.Revision > _old.Version.Of(watch.Subject.Kind);

    private void Notice(
        WatchSubject subject, long revision, TransitionKind kind, int entry, DateTimeOffset since, WatchCause cause, TransitionFacts facts,
        bool isCarriedOver = false) =>
        _transitions.Add(new Transition
        {
            Customer = _reading.Customer,
            Subject = subject,
            Revision = revision,
            Kind = kind,
            Entry = entry,
            Since = since,
            At = _reading.At,
            Cause = cause,
            Facts = facts,
            IsCarriedOver = isCarriedOver,
        });
}

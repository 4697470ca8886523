using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Market;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Policies;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Storage.Watches;
using ClvOrleans.Valuation.Watches;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Policies;

/// <summary>
/// Decides what has happened in a shard, as a part of a round or alone, batch after batch, until nothing is left. Everything that it
/// remembers is in storage: whatever ends it, the next run goes on from there, and of two runs only the later one can keep anything.
/// </summary>
internal sealed partial class DecisionRun(
    StoreId id, int shard, IDecisions decisions, ITransitions transitions, ICustomerRows rows, IJournal journal, PolicyCache policies,
    IStores stores, IChampions champions, MarketCache markets, IGrainFactory grains, IOptions<PolicyOptions> options, TimeProvider time,
    ClvTelemetry telemetry, ILogger<DecisionRun> logger)
{
    private static readonly TimeSpan PausedFor = TimeSpan.FromHours(1);
    private DecisionShard? _taken;

    /// <summary>Decides all that there is, alone. Never fails: what is left is tried again by the next watch.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            for (var stale = 0; !cancellation.IsCancellationRequested && stores.IsOpen(id);)
            {
                await TakeAsync(cancellation);
                var (part, status) = await DecideAsync(cancellation);
                if (part is null && status == DecisionStatus.Kept)
                {
                    return;
                }

                stale = status == DecisionStatus.Stale ? stale + 1 : 0;
                _taken = stale > 1 ? null : _taken; // Somebody has moved on, as a rule; else the shard was followed further than is known.
                if (stale > options.Value.MostRepeats)
                {
                    LogStale(shard, id, stale);
                    return;
                }

                if (status == DecisionStatus.Fenced)
                {
                    _taken = null;
                    return; // Another activation goes on with it.
                }

                if (status == DecisionStatus.Kept && part is { IsLast: true })
                {
                    return; // Whoever has committed since then has asked again.
                }
            }
        }
        catch (Exception e)
        {
            _taken = null;
            if (!cancellation.IsCancellationRequested)
            {
                LogFailure(e, shard, id); // Else the silo stops, or the shard is another's.
            }
        }
    }

    /// <summary>Becomes the writer of the shard's decisions, unless it is.</summary>
    public async Task TakeAsync(CancellationToken cancellation) => _taken ??= await decisions.TakeAsync(id, shard, cancellation);

    /// <summary>Begins a round of the store.</summary>
    public DecisionRound Begin(CancellationToken cancellation) =>
        new(stores.Find(id), time.GetUtcNow(), day => decisions.FindSpendingAsync(id, day, cancellation));

    /// <summary>Adds what there is to decide to a round; null where there is nothing. What it throws makes the round void.</summary>
    public async Task<DecisionPart?> AddAsync(DecisionRound round)
    {
        var (taken, page, enrolled) = (_taken!, options.Value.Page, round.Enrolled.Count);
        var read = await transitions.ReadAsync(id, shard, taken.UpTo, page);
        var due = await decisions.DueAsync(id, shard, round.Now, page);
        if (read.Count == 0 && due.Count == 0)
        {
            return null;
        }

        // After what was noticed is read, so that no policy is missed by which this silo has noticed it. Another one may know newer ones.
        var all = await policies.OfAsync(round.Store);
        if (read.Any(t => t.Subject.Kind == WatchKind.Policy && t.Revision > all.Revision))
        {
            all = await policies.ReadAsync(round.Store);
        }

        round.Policies = all;
        var (noticed, upTo, known) = await MomentAsync(all, read, taken.UpTo);
        foreach (var customer in noticed.GroupBy(t => t.Current, t => t.Transition))
        {
            var candidates = customer.SelectMany(t => all.All.Values.Where(p => p.Follows(t)).Select(p => DecisionCandidate.Of(p, t)))
                .OrderBy(c => c.Transition!.Index).ThenBy(c => c.Policy.Policy.Id.Value, StringComparer.Ordinal).ToList();
            await DecideAsync(round, customer.Key, known.GetValueOrDefault(customer.Key), candidates);
        }

        // Who has both is decided for what is due with the next batch.
        var isAll = read.Count < page && due.Count < page && upTo == (read.Count == 0 ? taken.UpTo : read[^1].Commit)
            && !due.Any(e => round.Customers.Contains(e.Customer));
        foreach (var customer in due.Where(e => !round.Customers.Contains(e.Customer)).GroupBy(e => e.Customer).ToList())
        {
            await DecideAsync(round, customer.Key, null, await UnderWayAsync(round, customer));
        }

        return new DecisionPart(
            new FollowedShard(shard, taken.Writer, taken.UpTo, upTo),
            isAll && round.Enrolled.Skip(enrolled).All(e => e.DueAt > round.Now));
    }

    /// <summary>Its part of a round was kept.</summary>
    public void Follow(DecisionPart part) => _taken = _taken! with { UpTo = part.Followed.UpTo };

    /// <summary>Whether its part was kept is not known: it takes the shard again.</summary>
    public void Forget() => _taken = null;

    /// <summary>Tells whoever delivers what a batch has decided.</summary>
    public async Task TellAsync(DecisionBatch batch)
    {
        telemetry.AddDecisions(batch.Decisions);
        var shards = stores.Find(id).Shards;
        foreach (var target in batch.Decisions.Select(d => d.Delivery?.Customer.ShardIn(shards)).OfType<int>().Distinct())
        {
            await grains.GetDeliveries(id, target).NudgeAsync();
        }
    }

    // No part where there is nothing to decide, or somebody became another one meanwhile.
    private async Task<(DecisionPart? Part, DecisionStatus Status)> DecideAsync(CancellationToken cancellation)
    {
        try
        {
            var round = Begin(cancellation);
            if (await AddAsync(round) is not { } part)
            {
                return (null, DecisionStatus.Kept);
            }

            var batch = round.ToBatch([part]);
            var status = await decisions.AppendAsync(batch, cancellation);
            if (status == DecisionStatus.Kept)
            {
                Follow(part);
                await TellAsync(batch);
            }

            return (part, status);
        }
        catch (OvertakenException)
        {
            return (null, DecisionStatus.Stale);
        }
    }

    // What policies look at, as far as nobody, under any of their identities, has two commits: what the next one says is decided when this
    // is kept. Nearly everybody is still who they were, which their row shows.
    private async Task<(List<(Transition Transition, CustomerId Current)> Noticed, long UpTo, Dictionary<CustomerId, CustomerRow> Known)>
        MomentAsync(StorePolicies all, IReadOnlyList<Transition> read, long after)
    {
        var (noticed, known) = (new List<(Transition, CustomerId)>(), new Dictionary<CustomerId, CustomerRow>());
        var commits = new Dictionary<CustomerId, (CustomerId As, long Commit)>();
        foreach (var transition in read.Where(t => all.All.Values.Any(p => p.Follows(t))))
        {
            if (!known.ContainsKey(transition.Customer)
                && await rows.FindAsync(transition.Customer) is { Contribution.Cell: not null } row)
            {
                known[transition.Customer] = row;
            }

            var current = known.ContainsKey(transition.Customer)
                ? transition.Customer
                : (await journal.FindTipAsync(transition.Customer)).MovedTo ?? transition.Customer;
            var commit = (transition.Customer, transition.Commit);
            if (!commits.TryAdd(current, commit) && commits[current] != commit)
            {
                return (noticed, transition.Commit - 1, known);
            }

            noticed.Add((transition, current));
        }

        return (noticed, read.Count == 0 ? after : read[^1].Commit, known);
    }

    private async Task<List<DecisionCandidate>> UnderWayAsync(DecisionRound round, IEnumerable<Enrollment> due)
    {
        var (all, candidates) = (round.Policies, new List<DecisionCandidate>());
        foreach (var enrollment in due)
        {
            var mode = all.All.TryGetValue(enrollment.Policy, out var current) ? current.Record.Mode : PolicyMode.Stopped;
            var entered = await policies.FindAsync(round.Store, enrollment.Policy, enrollment.Revision);
            if (mode == PolicyMode.Paused && !all.Terms.IsStopped)
            {
                round.Enrolled.Add(enrollment with { DueAt = round.Now + PausedFor });
            }
            else if (entered is null || PolicyFlow.StepAt(entered.Policy, enrollment.Occasion.Step) is null)
            {
                round.Ended.Add((enrollment.Customer, enrollment.Policy));
            }
            else
            {
                candidates.Add(DecisionCandidate.Of(entered.In(mode), enrollment));
            }
        }

        return candidates;
    }

    private async Task DecideAsync(
        DecisionRound round, CustomerId customer, CustomerRow? known, List<DecisionCandidate> candidates)
    {
        var (store, now) = (round.Store, round.Now);
        if (candidates.Count == 0 || (known ?? await FindRowAsync(customer)) is not { } row)
        {
            // Of somebody who was erased there is nothing left to decide.
            round.Ended.AddRange(candidates.Where(c => c.Enrollment is not null).Select(c => (customer, c.Policy.Policy.Id)));
            return;
        }

        if (!round.Customers.Add(row.Id))
        {
            throw new OvertakenException();
        }

        var subject = new DecisionSubject(row, store, champions.Find(id), await markets.OfAsync(id), now);
        var past = await decisions.FindPastAsync(row.Id, store.DayOf(now).AddDays(-2));
        var decided = new CustomerDecisions(store, round.Policies, subject, past, await round.SpendingAsync(), now);
        foreach (var moment in candidates.GroupBy(c => c.Policy.Policy.Id).SelectMany(g => g.Select((c, i) => (Candidate: c, Place: i)))
            .GroupBy(c => c.Place, c => c.Candidate))
        {
            decided.Decide([.. moment.Select(AtBegin)]);
        }

        round.Add(row.Id, decided);

        // A flow may begin with a branch.
        DecisionCandidate AtBegin(DecisionCandidate candidate)
        {
            return candidate.Enrollment is not null ? candidate : candidate with
            {
                Occasion = candidate.Occasion with
                {
                    Step = PolicyFlow.Begin(candidate.Policy.Policy, r => candidate.Policy.Ask(r, subject.Facts) == true) ?? "0",
                },
            };
        }
    }

    // Null for somebody of whom nothing is kept.
    private async Task<CustomerRow?> FindRowAsync(CustomerId customer) => await rows.FindAsync(customer) switch
    {
        { Contribution.Cell: not null } row => row,
        null => null,
        _ when (await journal.FindTipAsync(customer)).MovedTo is not null => throw new OvertakenException(),
        _ => null,
    };

    // An identity became another one while it was decided for.
    private sealed class OvertakenException : Exception;

    [LoggerMessage(4102, LogLevel.Error, "Decisions of shard {Shard} of store {Store} were not taken; they are tried again.")]
    private partial void LogFailure(Exception error, int shard, StoreId store);

    [LoggerMessage(
        4103, LogLevel.Warning, "Decisions of shard {Shard} of store {Store} were overtaken {Count} times; they are tried again.")]
    private partial void LogStale(int shard, StoreId store, int count);
}

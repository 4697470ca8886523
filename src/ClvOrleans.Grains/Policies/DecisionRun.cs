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
/// Decides what has happened in a shard, batch after batch, until nothing is left. Everything that it remembers is in storage: whatever
/// ends it, the next run goes on from there, and of two runs only the later one can keep anything.
/// </summary>
internal sealed partial class DecisionRun(
    StoreId id, int shard, IDecisions decisions, ITransitions transitions, ICustomerRows rows, IJournal journal, PolicyCache policies,
    IStores stores, IChampions champions, MarketCache markets, IGrainFactory grains, IOptions<PolicyOptions> options, TimeProvider time,
    ClvTelemetry telemetry, ILogger<DecisionRun> logger)
{
    private static readonly TimeSpan PausedFor = TimeSpan.FromHours(1);
    private DecisionShard? _taken;

    /// <summary>Decides all that there is. Never fails: what is left is tried again by the next watch.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            for (var stale = 0; !cancellation.IsCancellationRequested && stores.IsOpen(id);)
            {
                _taken ??= await decisions.TakeAsync(id, shard, cancellation);
                var (batch, status, isLast) = await DecideAsync(_taken, cancellation);
                if (batch is null)
                {
                    return;
                }

                _taken = status == DecisionStatus.Kept ? _taken with { UpTo = batch.UpTo } : null;
                stale = status == DecisionStatus.Stale ? stale + 1 : 0;
                if (stale > options.Value.MostRepeats)
                {
                    LogStale(shard, id, stale);
                    return;
                }

                if (status == DecisionStatus.Fenced)
                {
                    return; // Another activation goes on with it.
                }

                await NudgeAsync(batch, status);
                if (isLast && status == DecisionStatus.Kept)
                {
                    return; // Whoever has committed since then has asked again.
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            _taken = null;
            LogFailure(e, shard, id);
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    // No batch where there is nothing to decide; the last one where it holds all that there was.
    private async Task<(DecisionBatch? Batch, DecisionStatus Status, bool IsLast)> DecideAsync(
        DecisionShard taken, CancellationToken cancellation)
    {
        try
        {
            var (batch, isLast) = await BatchAsync(taken);
            return (batch, batch is null ? DecisionStatus.Kept : await decisions.AppendAsync(batch, cancellation), isLast);
        }
        catch (OvertakenException)
        {
            return (DecisionRound.Nothing, DecisionStatus.Stale, false);
        }
    }

    private async Task NudgeAsync(DecisionBatch batch, DecisionStatus status)
    {
        if (status == DecisionStatus.Kept)
        {
            telemetry.AddDecisions(batch.Decisions);
            foreach (var target in batch.Decisions.Select(d => d.Delivery?.Customer.Shard).OfType<int>().Distinct())
            {
                await grains.GetDeliveries(id, target).NudgeAsync();
            }
        }
    }

    // Null where there is nothing to decide.
    private async Task<(DecisionBatch? Batch, bool IsLast)> BatchAsync(DecisionShard taken)
    {
        var (store, now, page) = (stores.Find(id), time.GetUtcNow(), options.Value.Page);
        var read = await transitions.ReadAsync(id, shard, taken.UpTo, page);
        var due = await decisions.DueAsync(id, shard, now, page);
        if (read.Count == 0 && due.Count == 0)
        {
            return (null, true);
        }

        var all = await policies.OfAsync(store);
        var (noticed, upTo, known) = await MomentAsync(all, read, taken.UpTo);
        var day = store.DayOf(now);
        var round = new DecisionRound(await decisions.FindSpendingAsync(id, day));
        foreach (var customer in noticed.GroupBy(t => t.Current, t => t.Transition))
        {
            var candidates = customer.SelectMany(t => all.All.Values.Where(p => p.Follows(t)).Select(p => DecisionCandidate.Of(p, t)))
                .OrderBy(c => c.Transition!.Index).ThenBy(c => c.Policy.Policy.Id.Value, StringComparer.Ordinal).ToList();
            await DecideAsync(round, store, all, customer.Key, known.GetValueOrDefault(customer.Key), candidates, now);
        }

        // Who has both is decided for what is due with the next batch.
        var isAll = read.Count < page && due.Count < page && upTo == (read.Count == 0 ? taken.UpTo : read[^1].Commit)
            && !due.Any(e => round.Customers.Contains(e.Customer));
        foreach (var customer in due.Where(e => !round.Customers.Contains(e.Customer)).GroupBy(e => e.Customer).ToList())
        {
            await DecideAsync(round, store, all, customer.Key, null, await UnderWayAsync(round, store, all, customer, now), now);
        }

        var batch = round.ToBatch() with
        {
            Store = id,
            Shard = shard,
            Writer = taken.Writer,
            After = taken.UpTo,
            UpTo = upTo,
            Price = round.Spending.Pace(all, day),
            Day = day,
        };
        return (batch, isAll && round.Enrolled.TrueForAll(e => e.DueAt > now));
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

    private async Task<List<DecisionCandidate>> UnderWayAsync(
        DecisionRound round, StoreSettings store, StorePolicies all, IEnumerable<Enrollment> due, DateTimeOffset now)
    {
        var candidates = new List<DecisionCandidate>();
        foreach (var enrollment in due)
        {
            var mode = all.All.TryGetValue(enrollment.Policy, out var current) ? current.Record.Mode : PolicyMode.Stopped;
            var entered = await policies.FindAsync(store, enrollment.Policy, enrollment.Revision);
            if (mode == PolicyMode.Paused && !all.Terms.IsStopped)
            {
                round.Enrolled.Add(enrollment with { DueAt = now + PausedFor });
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
        DecisionRound round, StoreSettings store, StorePolicies all, CustomerId customer, CustomerRow? known,
        List<DecisionCandidate> candidates, DateTimeOffset now)
    {
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
        var decided = new CustomerDecisions(store, all, subject, past, round.Spending, now);
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

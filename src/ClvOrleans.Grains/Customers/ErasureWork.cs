using System.Collections.Concurrent;
using System.Globalization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Privacy;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Grains.Customers;

/// <summary>
/// Erases and suppresses people. Run again after a crash, it does all of it again: whoever was erased before is erased of nothing more.
/// </summary>
internal sealed class ErasureWork(
    PersonErasure people, IErasures erasures, IJournal journal, IPrivacyRequests requests, IDeadLetters letters,
    IEnumerable<IErasureLedgerKeeper> keepers, TimeProvider time) : IJobWork
{
    private const int Batch = 1_000;
    private const double Erased = .97;

    // Work that was under way when a person was erased has written by then what it writes.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);
    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 8 };

    /// <inheritdoc />
    public JobKind Kind => JobKind.Erasure;

    /// <inheritdoc />
    public string Remainder => "whoever was erased stays erased";

    /// <inheritdoc />
    public JobRecord Kept(JobRecord ended) => ended with { Request = null };

    /// <inheritdoc />
    /// <remarks>
    /// Until its end was kept, the job had the ids. What the disk has of anybody is scrubbed only now: that takes the longer the larger the
    /// store is. Where it is interrupted, the next round of the day does it, which a start begins with.
    /// </remarks>
    public Task ClearAsync(StoreId store, JobRecord ended) => erasures.CompactAsync();

    /// <inheritdoc />
    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var request = run.RequestAs<ErasureRequest>();
        var result = request.Kind switch
        {
            ErasureKind.SuppressOnly => await SuppressAsync(run, request),
            ErasureKind.Unsuppress => await UnsuppressAsync(run, request),
            _ => await EraseAsync(run, request),
        };
        if (await erasures.ExportAsync(run.Cancellation) is { } ledger)
        {
            foreach (var keeper in keepers)
            {
                await keeper.KeepAsync(ledger, run.Cancellation);
            }
        }

        return JobOutcome.Success(JobJson.Of(result));
    }

    private async Task<ErasureResult> SuppressAsync(JobRun run, ErasureRequest request)
    {
        foreach (var user in request.Users)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            await erasures.SuppressAsync(CustomerId.OfUser(run.Store, user), time.GetUtcNow(), run.Cancellation);
        }

        return new ErasureResult(request.Kind, request.Users.Length, request.Users.Length, 0, 0);
    }

    private async Task<ErasureResult> UnsuppressAsync(JobRun run, ErasureRequest request)
    {
        var found = 0;
        foreach (var user in request.Users)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            found += await erasures.UnsuppressAsync(CustomerId.OfUser(run.Store, user), time.GetUtcNow(), run.Cancellation) ? 1 : 0;
        }

        return new ErasureResult(request.Kind, request.Users.Length, found, 0, 0);
    }

    private async Task<ErasureResult> EraseAsync(JobRun run, ErasureRequest request)
    {
        var subjects = request.Everyone
            ? await EveryoneAsync(run)
            : await NamedAsync(run.Store, request.Users);
        // What was refused of everybody has names that no customer has.
        var texts = request.Everyone ? await letters.DiscardAsync(run.Store, new DeadLetterQuery(), run.Cancellation) : 0;
        var (done, found, events, batches) = (0, 0, 0L, new List<string[]>());
        foreach (var batch in subjects.Chunk(Batch))
        {
            run.Cancellation.ThrowIfCancellationRequested();
            var names = await NamesAsync(run, batch);
            batches.Add(names);
            texts += await erasures.ForgetAsync(run.Store, names, run.Cancellation);
            await Parallel.ForEachAsync(batch, AtOnce, async (subject, _) =>
            {
                run.Cancellation.ThrowIfCancellationRequested();
                var person = await people.EraseAsync(subject, request.Kind == ErasureKind.SuppressWithDelete, time.GetUtcNow());
                Interlocked.Add(ref found, person.Events > 0 ? 1 : 0);
                Interlocked.Add(ref events, person.Events);
                var now = Interlocked.Increment(ref done);
                run.Enter(
                    string.Create(CultureInfo.InvariantCulture, $"Erasing: {now} of {subjects.Count}"),
                    Erased * now / subjects.Count);
            });
        }

        run.Enter("Removing what was under way", Erased);
        await Task.Delay(Settle, TimeProvider.System, run.Cancellation);
        foreach (var names in batches)
        {
            texts += await erasures.ForgetAsync(run.Store, names, run.Cancellation); // Of events that were judged meanwhile.
        }

        await erasures.ClearAsync(run.Store, time.GetUtcNow().AddMilliseconds(1), run.Cancellation);
        await CompleteAsync(run, request, [.. request.Users, .. batches.SelectMany(b => b)]);
        return new ErasureResult(request.Kind, subjects.Count, found, events, texts);
    }

    // As the API reads an id: a user id, or else an anonymous one.
    private async Task<IReadOnlyCollection<CustomerId>> NamedAsync(StoreId store, IReadOnlyCollection<string> ids)
    {
        var named = new ConcurrentBag<CustomerId>();
        await Parallel.ForEachAsync(ids, AtOnce, async (id, _) =>
        {
            var (user, visitor) = (CustomerId.OfUser(store, id).Canonical(), CustomerId.OfVisitor(store, id));
            named.Add(await IsKnownAsync(user) || !await IsKnownAsync(visitor) ? user : visitor);
        });
        return named;
    }

    private async Task<bool> IsKnownAsync(CustomerId customer) =>
        await journal.FindTipAsync(customer) is { Sequence: > 0 } or { MovedTo: not null };

    // Before they are erased: afterwards nobody knows their names, and a crash in between begins again here.
    private async Task<string[]> NamesAsync(JobRun run, CustomerId[] batch)
    {
        var names = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(batch, AtOnce, async (subject, _) =>
        {
            foreach (var name in await erasures.NamesAsync(subject, run.Cancellation))
            {
                names.Add(name);
            }
        });
        return [.. names.Distinct(StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyCollection<CustomerId>> EveryoneAsync(JobRun run)
    {
        var all = new HashSet<CustomerId>();
        await foreach (var customer in erasures.PeopleAsync(run.Store, run.Cancellation))
        {
            all.Add(customer);
        }

        return all;
    }

    // A request for data is done as well: nothing is held any more.
    private async Task CompleteAsync(JobRun run, ErasureRequest request, HashSet<string> names)
    {
        foreach (var kind in (PrivacyRequestKind[])[PrivacyRequestKind.CustomerErasure, PrivacyRequestKind.CustomerData])
        {
            await requests.CompleteAsync(run.Store, kind, request.Everyone ? null : names, time.GetUtcNow(), run.Cancellation);
        }

        if (request.Everyone)
        {
            await requests.CompleteAsync(run.Store, PrivacyRequestKind.ShopErasure, null, time.GetUtcNow(), run.Cancellation);
        }
    }
}

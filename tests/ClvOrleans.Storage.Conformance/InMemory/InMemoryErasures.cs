using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryErasures(InMemoryStorage storage) : IErasures
{
    private static readonly ErasureKey Key = new(new byte[ErasureKey.Length]);

    public Task<ErasureKey?> FindKeyAsync(CancellationToken cancellation = default) =>
        storage.ReadAsync(state => state.Erasures.IsEmpty ? null : Key);

    public Task<IReadOnlyDictionary<ErasedName, Erasure>> FindAsync(
        StoreId store, IReadOnlyCollection<ErasedName> names, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyDictionary<ErasedName, Erasure>>(state => names.Distinct()
            .Where(n => state.Erasures.ContainsKey((store, n))).ToDictionary(n => n, n => state.Erasures[(store, n)]));

    public Task<ErasedPerson> EraseAsync(
        CustomerId customer, bool suppress, DateTimeOffset at, IReadOnlyCollection<Delivery> notices,
        CancellationToken cancellation = default) => storage.ChangeAsync(state =>
    {
        if (state.Links.ContainsKey(customer))
        {
            throw new SequenceConflictException();
        }

        var store = customer.Store;
        var (identities, orders, emails, names, events) = PersonOf(state, customer);
        var latest = events.Select(e => e.At).Append(at).Max();
        foreach (var name in identities.Select(ErasedName.Of).Concat(orders.Select(ErasedName.OfOrder))
            .Concat(emails.Select(ErasedName.OfEmail)))
        {
            var isForGood = name.Kind == ErasedNameKind.Order || (suppress && name.Kind == ErasedNameKind.Identity);
            state = Remember(state, store, name, isForGood ? DateTimeOffset.MaxValue : latest, at, true);
        }

        state = state with
        {
            Deliveries = state.Deliveries.AddRange(
                notices.Where(n => !state.Deliveries.Exists(d => d.Delivery.Id == n.Id)).Select(n => (n, 0L))),
            Notices = state.Notices.Union(notices.Select(n => n.Id)),
            Remains = state.Remains.SetItems(identities.Select(i => KeyValuePair.Create(i, at))),
        };
        state = Without(state, identities);
        foreach (var identity in identities.Where(i => state.Rows.ContainsKey(i)).OrderBy(state.ShardOf))
        {
            var sequence = state.Rows[identity].Row.Sequence + 1;
            var commit = state.ShardOf(store, state.ShardOf(identity)).Last().Commit + 1;
            var erased = new CustomerRow
            {
                Id = Key.Of(identity),
                Sequence = sequence,
                Summary = new CustomerSummary(),
                Contribution = Contribution.Gone(sequence),
            };
            state = state with
            {
                Rows = state.Rows.Remove(identity).SetItem(erased.Id, (commit, erased)),
                ErasedShards = state.ErasedShards.SetItem(erased.Id, state.ShardOf(identity)),
            };
        }

        return (state, new ErasedPerson(identities, [.. names], events.Length));
    });

    public async IAsyncEnumerable<CustomerId> PeopleAsync(
        StoreId store, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var customer in await storage.ReadAsync(state => state.Rows.Keys.Where(r => !state.Links.ContainsKey(r))
            .Concat(state.Held.Select(h => h.Sender)).Concat(state.Contested.Select(c => c.Completion.Sender))
            .Where(c => c.Store == store && c.Kind != CustomerKind.Erased).ToArray()))
        {
            yield return customer;
        }
    }

    public Task<IReadOnlyCollection<string>> NamesAsync(CustomerId customer, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyCollection<string>>(state => [.. PersonOf(state, state.SuccessorOf(customer)).Names, customer.Id]);

    public Task<IReadOnlyList<ToldAudience>> ToldAsync(CustomerId customer, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<ToldAudience>>(state =>
        [
            .. state.Told.Where(t => t.Value.IsIn && state.SuccessorOf(t.Key.Customer) == customer)
                .Select(t => new ToldAudience(t.Key.Subscription, t.Key.Since, t.Key.Customer, t.Key.Audience, t.Value.Number))
                .OrderBy(t => (t.Subscription, t.Customer.ToText(), t.Audience)),
        ]);

    public Task SuppressAsync(CustomerId customer, DateTimeOffset at, CancellationToken cancellation = default) => storage.ChangeAsync(
        state => Remember(state, customer.Store, ErasedName.Of(customer), DateTimeOffset.MaxValue, at, false));

    public Task<bool> UnsuppressAsync(CustomerId customer, DateTimeOffset at, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => state.Erasures.GetValueOrDefault((customer.Store, ErasedName.Of(customer))) is { } known
            && known.Until > at
                ? (state with
                {
                    Erasures = state.Erasures.SetItem((customer.Store, ErasedName.Of(customer)), known with { Until = at }),
                }, true)
                : (state, false));

    public Task ClearAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default) => storage.ChangeAsync(state =>
    {
        CustomerId[] due = [.. state.Remains.Where(r => r.Key.Store == store && r.Value < before).Select(r => r.Key)];
        var ended = state.Deliveries
            .Where(d => state.Notices.Contains(d.Delivery.Id) && d.Delivery.State is not (DeliveryState.Waiting or DeliveryState.Handed))
            .Select(d => d.Delivery.Id).ToHashSet();
        var left = Without(state, [.. due.Where(d => !state.Rows.ContainsKey(d) && !state.Links.ContainsKey(d))]);
        return left with
        {
            Remains = state.Remains.RemoveRange(due),
            Deliveries = left.Deliveries.RemoveAll(d => ended.Contains(d.Delivery.Id)),
            Notices = state.Notices.Except(ended),
        };
    });

    public Task<long> ForgetAsync(StoreId store, IReadOnlyCollection<string> names, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
        {
            var search = new NameSearch(names);
            var left = state.Letters.RemoveAll(l => l.Store == store && search.IsIn(Encoding.UTF8.GetString(l.Payload.Span)));
            return (state with { Letters = left }, (long)(state.Letters.Count - left.Count));
        });

    public Task<bool> CompactAsync(CancellationToken cancellation = default) => storage.ReadAsync(_ => true);

    public Task<ErasureLedger?> ExportAsync(CancellationToken cancellation = default) => storage.ReadAsync(state => state.Erasures.IsEmpty
        ? null
        : new ErasureLedger(
            Convert.ToBase64String(Key.Secret.Span),
            state.Erasures.GroupBy(e => e.Key.Store.Value).ToDictionary(
                g => g.Key,
                g => (IReadOnlyList<Erasure>)[.. g.Select(e => e.Value).OrderBy(e => e.Hash, StringComparer.Ordinal)])));

    public async Task<int> ImportAsync(ErasureLedger ledger, CancellationToken cancellation = default)
    {
        var found = await storage.ReadAsync(state => ledger.Erasures.SelectMany(s => s.Value.Where(e => e.IsErased).SelectMany(e =>
            state.Rows.Keys.Where(c => c.Store.Value == s.Key && !state.Links.ContainsKey(c)
                    && Key.HashOf(c.Store, ErasedName.Of(c)) == e.Hash && state.JournalOf(c).Exists(j => j.Event.At <= e.At))
                .Select(c => (Customer: c, Erasure: e)))).ToArray());
        foreach (var (customer, erasure) in found)
        {
            var person = await EraseAsync(customer, erasure.Until == DateTimeOffset.MaxValue, erasure.At, [], cancellation);
            await ForgetAsync(customer.Store, person.Names, cancellation);
            await ClearAsync(customer.Store, DateTimeOffset.MaxValue, cancellation);
        }

        return found.Length;
    }

    public Task<IReadOnlyList<Erasure>> ListAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<Erasure>>(state =>
            [.. state.Erasures.Where(e => e.Key.Store == store).Select(e => e.Value).OrderBy(e => e.Hash, StringComparer.Ordinal)]);

    /// <summary>Throws where a commit would bring back somebody who was erased.</summary>
    public static void Guard(InMemoryState state, CustomerCommit commit)
    {
        var (store, events) = (commit.Row.Id.Store, commit.Events);
        var isBack = !events.IsEmpty && commit.ExpectedSequence == 0
            && IsDropped(state, store, ErasedName.Of(commit.Row.Id), events.Min(e => e.At));
        if (isBack || commit.ClaimedOrders.Any(o => IsDropped(
            state, store, ErasedName.OfOrder(o), events.Where(e => e.OrderId == o).Select(e => e.At).DefaultIfEmpty().Min())))
        {
            throw new CustomerErasedException();
        }
    }

    /// <summary>Throws where an event that is to wait is of somebody who was erased.</summary>
    public static void Guard(InMemoryState state, CustomerId sender, CustomerEvent e)
    {
        if (IsDropped(state, sender.Store, ErasedName.Of(sender), e.At)
            || IsDropped(state, sender.Store, ErasedName.OfOrder(e.OrderId!), e.At))
        {
            throw new CustomerErasedException();
        }
    }

    /// <summary>Whether what has a name at a time is dropped.</summary>
    public static bool IsDropped(InMemoryState state, StoreId store, ErasedName name, DateTimeOffset at) =>
        state.Erasures.GetValueOrDefault((store, name)) is { } erasure && at <= erasure.Until;

    private static InMemoryState Remember(
        InMemoryState state, StoreId store, ErasedName name, DateTimeOffset until, DateTimeOffset at, bool isErased)
    {
        var known = state.Erasures.GetValueOrDefault((store, name));
        return state with
        {
            Erasures = state.Erasures.SetItem((store, name), new Erasure(
                Key.HashOf(store, name), known?.Until > until ? known.Until : until, at, isErased || known is { IsErased: true })),
        };
    }

    private static (ImmutableArray<CustomerId> Identities, string[] Orders, string[] Emails, string[] Names, CustomerEvent[] Events)
        PersonOf(InMemoryState state, CustomerId customer)
    {
        ImmutableArray<CustomerId> identities =
            [customer, .. state.Links.Where(l => l.Value == customer).Select(l => l.Key).OrderBy(i => i.ToText(), StringComparer.Ordinal)];
        var events = state.JournalOf(customer).Select(e => e.Event).ToArray();
        string[] orders =
        [
            .. state.Orders.Where(o => o.Value == customer).Select(o => o.Key.Order).Concat(events.Select(e => e.OrderId).OfType<string>())
                .Concat(state.Held.Where(h => h.Sender == customer).Select(h => h.Event.OrderId!))
                .Concat(state.Contested.Where(c => c.Completion.Sender == customer).Select(c => c.Completion.Event.OrderId!))
                .Distinct().Order(StringComparer.Ordinal),
        ];
        string[] emails = [.. Values(events, "email").Concat(identities.Select(i => i.Id).Where(i => i.Contains('@'))).Distinct()];
        return (
            identities, orders, emails,
            [.. identities.Select(i => i.Id).Concat(orders).Concat(emails).Concat(Values(events, "phone")).Distinct()], events);
    }

    private static InMemoryState Without(InMemoryState state, IReadOnlyCollection<CustomerId> identities)
    {
        var gone = identities.ToHashSet();
        return state with
        {
            Journals = state.Journals.RemoveRange(gone),
            Packed = state.Packed.RemoveRange(gone),
            Links = state.Links.RemoveRange(state.Links.Where(l => gone.Contains(l.Key) || gone.Contains(l.Value)).Select(l => l.Key)),
            Orders = state.Orders.RemoveRange(state.Orders.Where(o => gone.Contains(o.Value)).Select(o => o.Key)),
            Held = state.Held.RemoveAll(h => gone.Contains(h.Sender)),
            Contested = state.Contested.RemoveAll(c => gone.Contains(c.Completion.Sender) || gone.Contains(c.Owner)),
            Reviews = state.Reviews.RemoveRange(state.Reviews.Keys.Where(r => gone.Contains(r.Customer))),
            Exposures = state.Exposures.RemoveRange(
                state.Exposures.Where(e => gone.Contains(e.Value.Exposure.Customer)).Select(e => e.Key)),
            Decisions = state.Decisions.RemoveAll(d => gone.Contains(d.Decision.Customer)),
            Enrollments = state.Enrollments.RemoveRange(state.Enrollments.Keys.Where(e => gone.Contains(e.Customer))),
            Transitions = state.Transitions.RemoveAll(t => gone.Contains(t.Customer)),
            Audiences = state.Audiences.RemoveRange(state.Audiences.Keys.Where(a => gone.Contains(a.Customer))),
            Told = state.Told.RemoveRange(state.Told.Keys.Where(t => gone.Contains(t.Customer))),
            Deliveries = state.Deliveries.RemoveAll(
                d => gone.Contains(d.Delivery.Customer) && !state.Notices.Contains(d.Delivery.Id)),
        };
    }

    private static IEnumerable<string> Values(IEnumerable<CustomerEvent> events, string trait) =>
        events.Select(e => e.Traits?.GetValueOrDefault(trait)).OfType<string>();
}

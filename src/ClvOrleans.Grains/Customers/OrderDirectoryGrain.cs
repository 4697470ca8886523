using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;
using ClvOrleans.Model.Journal;

namespace ClvOrleans.Grains.Customers;

/// <inheritdoc cref="IOrderDirectoryGrain" />
public sealed class OrderDirectoryGrain(IJournal journal) : Grain, IOrderDirectoryGrain
{
    // Claims whose customer has not committed yet, and a copy of those that have. Bounded: the journal knows the committed ones.
    private const int Capacity = 100_000;
    private readonly Dictionary<string, CustomerId> _owners = new(StringComparer.Ordinal);

    private StoreId Store => GrainKeys.ToStore(this.GetPrimaryKeyString());

    /// <inheritdoc />
    public async Task<ImmutableArray<OrderOwner>> ResolveAsync(ImmutableArray<OrderQuery> queries)
    {
        if (_owners.Count > Capacity)
        {
            _owners.Clear();
        }

        var unknown = queries.Select(q => q.OrderId).Where(id => !_owners.ContainsKey(id)).Distinct().ToArray();
        if (unknown.Length > 0)
        {
            foreach (var (orderId, owner) in await journal.FindOwnersAsync(Store, unknown))
            {
                _owners[orderId] = owner;
            }
        }

        var answers = ImmutableArray.CreateBuilder<OrderOwner>(queries.Length);
        foreach (var query in queries)
        {
            answers.Add(await ResolveAsync(query));
        }

        return answers.MoveToImmutable();
    }

    /// <inheritdoc />
    public async Task<CustomerId?> HoldAsync(string orderId, CustomerId sender, CustomerEvent held)
    {
        var answer = await ResolveAsync([new OrderQuery(orderId, sender, false)]);
        if (answer[0].Owner is { } owner)
        {
            return owner;
        }

        await journal.HoldAsync(new HeldEvent(sender, held));
        return null;
    }

    /// <inheritdoc />
    public Task ReleaseAsync(string orderId) => journal.ReleaseAsync(Store, orderId);

    private async Task<OrderOwner> ResolveAsync(OrderQuery query)
    {
        if (!_owners.TryGetValue(query.OrderId, out var owner))
        {
            if (!query.Claims)
            {
                return new OrderOwner(null, []);
            }

            _owners[query.OrderId] = owner = query.Sender;
        }

        var held = query.Claims ? await journal.HeldAsync(Store, query.OrderId) : [];
        return new OrderOwner(owner, [.. held.Select(h => h.Event)]);
    }
}

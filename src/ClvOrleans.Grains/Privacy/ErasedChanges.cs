using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Grains.Privacy;

/// <summary>
/// Tells a follower of customer rows, in one pass over changes, which of the customers that it knows was erased: the rows have only a hash.
/// </summary>
internal sealed class ErasedChanges(IErasures erasures, Func<IEnumerable<CustomerId>> known)
{
    private Dictionary<CustomerId, CustomerId>? _byRemains;

    /// <summary>The change under the id by which the follower knows the customer, if it does.</summary>
    public async ValueTask<ShardChange> ResolveAsync(ShardChange change)
    {
        if (change.Customer.Kind != CustomerKind.Erased)
        {
            return change;
        }

        _byRemains ??= (await erasures.FindKeyAsync())?.ByRemains(known()) ?? [];
        return _byRemains.TryGetValue(change.Customer, out var customer) ? change with { Customer = customer } : change;
    }
}

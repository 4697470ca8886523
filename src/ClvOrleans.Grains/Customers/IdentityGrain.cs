using ClvOrleans.Contracts;
using ClvOrleans.Model.Customers;

namespace ClvOrleans.Grains.Customers;

/// <inheritdoc cref="IIdentityGrain" />
public sealed class IdentityGrain : Grain, IIdentityGrain
{
    /// <inheritdoc />
    public async Task<bool> JoinAsync(CustomerId from, CustomerId target)
    {
        (from, target) = (await FollowAsync(from), await FollowAsync(target));
        if (from == target)
        {
            return true;
        }

        var source = GrainFactory.GetCustomer(from);
        var surrendered = await source.SurrenderAsync(target);
        if (surrendered.MovedTo is not null)
        {
            return surrendered.MovedTo == target;
        }

        try
        {
            if (await GrainFactory.GetCustomer(target).AbsorbAsync(from, surrendered))
            {
                return true;
            }
        }
        finally
        {
            // Reads the journal again: it says whether the identity has moved.
            await source.KeepAsync();
        }

        return false;
    }

    private async Task<CustomerId> FollowAsync(CustomerId customer)
    {
        while ((await GrainFactory.GetCustomer(customer).LookAsync(null)).MovedTo is { } next && next != customer)
        {
            customer = next;
        }

        return customer;
    }
}

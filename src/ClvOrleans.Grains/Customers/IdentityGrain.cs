using ClvOrleans.Contracts;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Journal;

namespace ClvOrleans.Grains.Customers;

/// <inheritdoc cref="IIdentityGrain" />
public sealed class IdentityGrain(IJournal journal) : Grain, IIdentityGrain
{
    /// <summary>How many identities may become one customer: beyond it, an id stands for a crowd.</summary>
    public const int Limit = 100;

    // Each try that fails means that another join has succeeded in between.
    private const int Tries = 10;

    /// <inheritdoc />
    public async Task<CommitStatus> JoinAsync(CustomerId from, CustomerId target)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var source = await FollowAsync(from);
            if (from.Kind == CustomerKind.Visitor && source != from)
            {
                return CommitStatus.Done;
            }

            var goal = await FollowAsync(target);
            if (source == goal)
            {
                return CommitStatus.Done;
            }

            if ((await journal.FindIdentitiesAsync(goal)).Count >= Limit)
            {
                return CommitStatus.TooManyIdentities;
            }

            var status = await MoveAsync(source, goal);
            if (status is not (CommitStatus.Moved or CommitStatus.Fenced))
            {
                return status;
            }
        }

        return CommitStatus.Fenced;
    }

    private async Task<CommitStatus> MoveAsync(CustomerId source, CustomerId goal)
    {
        var ending = GrainFactory.GetCustomer(source);
        var surrendered = await ending.SurrenderAsync();
        if (surrendered.HasMoved)
        {
            return CommitStatus.Moved;
        }

        try
        {
            return await GrainFactory.GetCustomer(goal).AbsorbAsync(source, surrendered);
        }
        finally
        {
            await ending.KeepAsync();
        }
    }

    private async Task<CustomerId> FollowAsync(CustomerId customer)
    {
        while (await GrainFactory.GetCustomer(customer).FindSuccessorAsync() is { } next)
        {
            customer = next;
        }

        return customer;
    }
}

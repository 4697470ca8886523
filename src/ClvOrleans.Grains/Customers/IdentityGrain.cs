using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Customers;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.Journal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Customers;

/// <inheritdoc cref="IIdentityGrain" />
[GrainType("identity")]
public sealed partial class IdentityGrain(IJournal journal, IOptions<CustomerOptions> options, ILogger<IdentityGrain> logger) : Grain,
    IIdentityGrain
{
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

            if (await WouldBeTooManyAsync(source, goal))
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
        try
        {
            var released = await ending.ReleaseAsync();
            return released.HasMoved
                ? CommitStatus.Moved
                : await GrainFactory.GetCustomer(goal).MergeAsync(source, released, options.Value.MostIdentities);
        }
        finally
        {
            await EndAsync(ending, source);
        }
    }

    // Without it the release ends by itself after some seconds. The caller should see the first error.
    private async Task EndAsync(ICustomerGrain ending, CustomerId source)
    {
        try
        {
            await ending.CompleteAsync();
        }
        catch (Exception e)
        {
            LogNotEnded(e, source);
        }
    }

    // The transaction decides; but who would be refused there has given everything away, and the one who would have taken it reads it all
    // again.
    private async Task<bool> WouldBeTooManyAsync(CustomerId source, CustomerId goal)
    {
        var (one, other) = (await journal.FindIdentitiesAsync(source), await journal.FindIdentitiesAsync(goal));
        return one.Concat(other).Append(source).Select(i => i.Id).Distinct(StringComparer.Ordinal).Count() > options.Value.MostIdentities;
    }

    private async Task<CustomerId> FollowAsync(CustomerId customer) => (await journal.FindTipAsync(customer)).MovedTo ?? customer;

    [LoggerMessage(2003, LogLevel.Warning, "The release of {Customer} could not be completed; it completes by itself.")]
    private partial void LogNotEnded(Exception error, CustomerId customer);
}

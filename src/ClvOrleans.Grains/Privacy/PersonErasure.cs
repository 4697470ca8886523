using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Customers;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Grains.Privacy;

/// <summary>Erases one person, whichever of their ids is named and wherever their grain is.</summary>
public sealed class PersonErasure(IGrainFactory grains)
{
    private const int MostTries = 20;

    /// <summary>Erases whoever an id has become, with all their identities; durable on return.</summary>
    /// <exception cref="TimeoutException">Others kept changing the customer.</exception>
    public async Task<ErasedPerson> EraseAsync(CustomerId named, bool suppress, DateTimeOffset at)
    {
        var customer = named.Canonical();
        for (var tries = 0; tries < MostTries; tries++)
        {
            var reply = await grains.GetCustomer(customer).EraseAsync(new EraseCustomer(suppress, at));
            if (reply.Status == CommitStatus.Done)
            {
                return new ErasedPerson(reply.Identities, reply.Names, reply.Events);
            }

            customer = reply.MovedTo ?? customer;
        }

        throw new TimeoutException("The customer kept changing while they were to be erased.");
    }
}

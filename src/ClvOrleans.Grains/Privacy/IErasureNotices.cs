using ClvOrleans.Domain.Customers;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Grains.Privacy;

/// <summary>
/// What outside systems are told when somebody is erased: that they have left the audiences that these systems know them in.
/// </summary>
public interface IErasureNotices
{
    /// <summary>The notices for a customer; the same again have the same ids.</summary>
    Task<IReadOnlyCollection<Delivery>> OfAsync(CustomerId customer);
}

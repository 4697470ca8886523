using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Reviews;

namespace ClvOrleans.Storage.Reviews;

/// <summary>
/// The words of reviews that came with a rating, which trainings learn from. A commit writes them with its events and the journal keeps the
/// events without them, so that removing them changes nothing that is folded.
/// </summary>
public interface IReviewTexts
{
    /// <summary>The latest reviews of a store, in order of time.</summary>
    Task<IReadOnlyList<RatedReview>> ReadAsync(StoreId store, int limit, CancellationToken cancellation = default);

    /// <summary>All reviews of a customer whose words are kept, in order of time.</summary>
    Task<IReadOnlyList<RatedReview>> OfCustomerAsync(CustomerId customer, CancellationToken cancellation = default);

    /// <summary>Removes the words of reviews from before an instant, and says of how many.</summary>
    Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default);
}

using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Storage.Experiments;

/// <summary>
/// Who has been exposed to what, and what came of it. An exposure is kept once and never changed, but for its customer, who may become
/// another: a merge of identities moves the exposures in its own transaction (<see cref="Journal.IJournal.AppendAsync"/>).
/// </summary>
public interface IExposures
{
    /// <summary>
    /// Keeps an exposure for the customer or, where that one was merged, for whoever they have become; unless the same customer, or the
    /// unit, has one of the subject.
    /// </summary>
    /// <returns>The customer's earliest exposure of the subject; of equal times the one of the first unit by ordinal.</returns>
    Task<Exposure> ExposeAsync(Exposure exposure, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps exposures that follow from decisions, each for whoever its customer has become, unless the unit has one of the subject; and
    /// how far decisions are followed, which never goes back. One transaction: whoever repeats it, or comes late, changes nothing.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="exposures">The exposures; their units are ids of decisions.</param>
    /// <param name="followed">The number of the last decision that was looked at.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task FollowAsync(
        StoreId store, IReadOnlyCollection<Exposure> exposures, long followed, CancellationToken cancellation = default);

    /// <summary>
    /// Removes exposures whose windows ended before a day and that are measured for good, with their outcomes, some at a time.
    /// </summary>
    /// <returns>How many were removed.</returns>
    Task<int> PruneAsync(StoreId store, DateOnly before, CancellationToken cancellation = default);

    /// <summary>How far the decisions of a store are followed; 0 before the first.</summary>
    Task<long> FollowedAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>The earliest exposure of whoever a customer has become; null without.</summary>
    Task<Exposure?> FindAsync(CustomerId customer, string subject, CancellationToken cancellation = default);

    /// <summary>All exposures of a subject with their outcomes, by unit; streamed.</summary>
    IAsyncEnumerable<ExposedUnit> ReadAsync(StoreId store, string subject, CancellationToken cancellation = default);

    /// <summary>
    /// Exposures whose windows ended before a day and whose outcome is not known, or was measured at another sequence of the customer than
    /// the present one; also those that ended before <paramref name="settled"/>, which are measured a last time. By the end of the window,
    /// subject and unit.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="today">The local day.</param>
    /// <param name="settled">Windows that ended before it change no more.</param>
    /// <param name="limit">How many, at least 1.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IReadOnlyList<Exposure>> DueAsync(
        StoreId store, DateOnly today, DateOnly settled, int limit, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps outcomes, each in place of what was measured before; only where the exposure still belongs to the customer that was measured,
    /// and that one's sequence is still the outcome's. So whoever is slow, or was taken for dead, undoes nothing: the rest is due again.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="measured">Exposures as <see cref="DueAsync"/> gave them, with their outcomes.</param>
    /// <param name="settled">Those whose windows ended before it are not due again.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task KeepAsync(
        StoreId store, IReadOnlyCollection<ExposedUnit> measured, DateOnly settled, CancellationToken cancellation = default);

    /// <summary>All exposures of whoever a customer has become, with their outcomes, by time and unit.</summary>
    Task<IReadOnlyList<ExposedUnit>> OfCustomerAsync(CustomerId customer, CancellationToken cancellation = default);
}

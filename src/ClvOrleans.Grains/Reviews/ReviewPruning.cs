using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage.Reviews;

namespace ClvOrleans.Grains.Reviews;

/// <summary>Removes the words of old reviews; what they were scored as stays.</summary>
internal sealed class ReviewPruning(IReviewTexts texts, ReviewIntake reviews) : IPruning
{
    public Task PruneAsync(StoreId store, DateTimeOffset now) => texts.PruneAsync(store, reviews.KeptSince(store));
}

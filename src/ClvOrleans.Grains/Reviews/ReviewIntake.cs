using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Stores;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Reviews;

/// <summary>
/// Scores the words of reviews without a rating before they go to their customers, whose turns are not for that: from then on the event
/// says what they were scored as, and every fold of it is the same, whichever model is promoted later and whether the words
/// are still there.
/// </summary>
public sealed class ReviewIntake(IChampions champions, IStores stores, IOptions<ReviewOptions> options, TimeProvider time)
{
    /// <summary>The event as it is to be recorded: of its words only those that a training may learn from are left.</summary>
    public CustomerEvent Read(StoreId store, CustomerEvent e)
    {
        if (e.ReviewText is not { } text)
        {
            return e;
        }

        return e.Rating is null
            ? e with { TextRating = champions.Find(store).Reviews?.Score(text)?.Expected, ReviewText = null }
            : e.At < KeptSince(store) || stores.Find(store).Pseudonyms is not null ? e with { ReviewText = null }
            : e;
    }

    /// <summary>Words of reviews from before it are not kept.</summary>
    public DateTimeOffset KeptSince(StoreId store) =>
        stores.Find(store).KeptSince(Retained.ReviewTexts, time.GetUtcNow(), options.Value.KeepDays);
}

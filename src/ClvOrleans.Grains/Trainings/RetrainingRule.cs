using System.Globalization;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Models;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Trainings;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Trainings;

/// <summary>Whether a night asks for a training: because it is time, or because of drift.</summary>
internal sealed class RetrainingRule(
    IStores stores, IModelRegistry registry, ICustomerRows heads, IOptions<RetrainingOptions> options, TimeProvider time)
{
    /// <summary>The training of a night, which may be one that is left; null for none.</summary>
    /// <param name="store">The store.</param>
    /// <param name="night">The night.</param>
    /// <param name="hasDrifted">Whether the champion has, or cannot be opened.</param>
    public async Task<TrainingRequest?> FindAsync(StoreId store, DateTimeOffset night, bool hasDrifted) =>
        options.Value.Every == TimeSpan.Zero || await CauseAsync(stores.Find(store), hasDrifted) is not { } cause
            ? null
            : new TrainingRequest(null, cause, await ReasonToSkipAsync(store), night);

    // Counted in local days from the last training that ended by itself, so that a summer's hour or a long training does not move the
    // night.
    private async Task<TrainingCause?> CauseAsync(StoreSettings store, bool hasDrifted)
    {
        var last = (await registry.TrainingsAsync(store.Id, 100))
            .FirstOrDefault(t => t.Outcome is not TrainingOutcome.Cancelled and not TrainingOutcome.Failed);
        var days = last is null
            ? int.MaxValue
            : store.DayOf(time.GetUtcNow()).DayNumber - store.DayOf(last.StartedAt).DayNumber;
        if (days < 0 || days >= options.Value.Every.TotalDays)
        {
            return TrainingCause.Scheduled; // One of the future: the clock was ahead then.
        }

        // Else it has just been refused or skipped.
        return hasDrifted && days > 0 && last!.Outcome == TrainingOutcome.Trained ? TrainingCause.Drift : null;
    }

    private async Task<string?> ReasonToSkipAsync(StoreId store)
    {
        if (await registry.FindChampionAsync(store) is not { Version.IsFirst: false } champion)
        {
            return null;
        }

        if ((await registry.PromotionsAsync(store)).First(p => p.Cause != PromotionCause.Settings).Cause != PromotionCause.Training)
        {
            return $"Skipped: {champion.Version.Id} was promoted by hand and stays until a training is asked for.";
        }

        // Counted, not dated: history that was imported since is new too.
        var all = 0L;
        await foreach (var customer in heads.SummariesAsync(store))
        {
            all += customer.PurchaseDays.Length;
        }

        var fresh = all - champion.Version.Purchases;
        var least = options.Value.LeastChange;
        return fresh < least * all
            ? string.Create(
                CultureInfo.InvariantCulture, $"Skipped: {fresh:N0} of {all:N0} purchases are new, less than a share of {least}.")
            : null;
    }
}

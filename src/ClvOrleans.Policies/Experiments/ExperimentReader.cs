using System.Collections.Immutable;
using System.Globalization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Experiments;

/// <summary>
/// Reads an experiment: the sizes of the arms first, then those who were exposed and whose windows are over. Pure; the same units in any
/// order are the same reading.
/// </summary>
public static class ExperimentReader
{
    private const double ManyInTwoArms = .01;

    /// <summary>The reading.</summary>
    /// <param name="record">The experiment.</param>
    /// <param name="units">All its exposures, with the outcomes that are known.</param>
    /// <param name="today">The local day.</param>
    /// <param name="store">The store.</param>
    public static ExperimentReading Read(
        ExperimentRecord record, IEnumerable<ExposedUnit> units, DateOnly today, StoreSettings store)
    {
        ExposedUnit[] all = [.. units.OrderBy(u => u.Exposure.At).ThenBy(u => u.Exposure.Unit, StringComparer.Ordinal)];
        var ratio = RatioOf(record, all);
        var byCustomer = new Dictionary<CustomerId, List<ExposedUnit>>();
        foreach (var unit in all)
        {
            if (!byCustomer.TryGetValue(unit.Exposure.Customer, out var own))
            {
                byCustomer[unit.Exposure.Customer] = own = [];
            }

            own.Add(unit);
        }

        // Of a customer in one arm the first exposure counts.
        var single = byCustomer.Values.Where(IsInOneArm).Select(own => own[0])
            .OrderBy(u => u.Exposure.At).ThenBy(u => u.Exposure.Unit, StringComparer.Ordinal);
        ExposedUnit[] compared = [.. single.Where(u => u.Exposure.Split == record.Split)];
        var twice = byCustomer.Values.LongCount(own => !IsInOneArm(own));
        var isComplete = IsComplete(record, compared, today, store);
        var counts = CountsOf(record, all, compared, today);
        var arms = new ArmComparison(record, compared, isComplete, store);
        return new ExperimentReading(
            today,
            counts,
            twice,
            byCustomer.Count - twice - compared.Length,
            ratio,
            isComplete,
            ratio is { IsMismatch: true }
                ? []
                : [.. record.Definition.Arms.Skip(1).Where(a => counts.Any(c => c.Arm == a.Arm && c.Exposed > 0))
                    .Select(a => arms.Compare(a.Arm))],
            [.. RemarksOf(record, twice, byCustomer.Count, ratio)]);
    }

    private static bool IsInOneArm(List<ExposedUnit> own) => own.TrueForAll(u => u.Exposure.Arm == own[0].Exposure.Arm);

    // Identities are assigned each by itself, whoever they turn out to be: their counts are those that the shares speak of.
    private static SampleRatioCheck? RatioOf(ExperimentRecord record, ExposedUnit[] all)
    {
        var checks = all.GroupBy(u => u.Exposure.Split).OrderBy(g => g.Key).Select(split => SampleRatio.Check(
            [.. record.Definition.Arms.Select(a => split.LongCount(u => u.Exposure.Arm == a.Arm))], record.SharesOf(split.Key))).ToArray();
        return checks.Length == 0 ? null : SampleRatio.Sum(checks);
    }

    private static bool IsComplete(ExperimentRecord record, ExposedUnit[] compared, DateOnly today, StoreSettings store)
    {
        if (record.Forecast.Units is { } planned && compared.Length >= planned
            && Array.TrueForAll(compared[..(int)planned], u => u.Outcome is not null))
        {
            return true;
        }

        var isOver = record.State == ExperimentState.Stopped
            || (record.StartedAt is { } start && today > store.DayOf(start).AddDays(record.Definition.PlannedDays));
        return isOver && compared.Length > 0 && Array.TrueForAll(compared, u => u.Outcome is not null);
    }

    private static ImmutableArray<ArmCounts> CountsOf(ExperimentRecord record, ExposedUnit[] all, ExposedUnit[] compared, DateOnly today)
    {
        var shares = record.SharesOf(record.Split);
        var exposed = all.CountBy(u => u.Exposure.Arm).ToDictionary(StringComparer.Ordinal);
        var byArm = compared.ToLookup(u => u.Exposure.Arm, StringComparer.Ordinal);
        return
        [
            .. record.Definition.Arms.Select((a, i) => new ArmCounts(
                a.Arm,
                shares[i],
                exposed.GetValueOrDefault(a.Arm),
                byArm[a.Arm].LongCount(u => u.Outcome is not null),
                byArm[a.Arm].LongCount(u => u.Outcome is null && u.Exposure.Until >= today),
                byArm[a.Arm].LongCount(u => u.Outcome is null && u.Exposure.Until < today))),
        ];
    }

    private static IEnumerable<string> RemarksOf(ExperimentRecord record, long twice, long customers, SampleRatioCheck? ratio)
    {
        if (ratio is { IsMismatch: true })
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The arms have not the sizes of their shares (p {ratio.PValue:G2}). Find what adds or removes units first.");
        }

        if (record.Definition.Arms.Select(a => a.Share).Where(s => s > 0).Distinct().Count() > 1 && twice > ManyInTwoArms * customers)
        {
            yield return "More than one in a hundred customers is in two arms, and the shares differ: those with several identities stay "
                + "more often in the large arm. Expose known customers only, or make the shares equal.";
        }

        if (record.Surrogate is { } surrogate)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"An expected margin is read off the window by an index of {surrogate.Customers:N0} customers, which explains "
                    + $"{surrogate.Explained:P0} of the margin of a whole horizon. It is off where the treatment moves purchases in time.");
        }

        if (record.Forecast.IsAssumed)
        {
            yield return "The planned size rests on what the definition assumes.";
        }
    }
}

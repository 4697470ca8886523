using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Experiments;

/// <summary>
/// Updates what a policy is expected to bring by its own holdout: the stated assumption is a normal prior, the measurement a normal
/// likelihood, and the expectation their mean, weighted by what is known of each (Efron and Morris 1975, "Data Analysis Using Stein's
/// Estimator"). An assumption that states no deviation is taken to be known no better than its own size.
/// </summary>
public static class PolicyEffects
{
    /// <summary>While an arm has fewer customers, the assumption stays as it is.</summary>
    public const int LeastArm = 100;

    // A sequence must not be tuned by the data that it judges.
    private const int TunedFor = 5_000;

    /// <summary>The subject of a policy's exposures.</summary>
    public static string SubjectOf(PolicyId policy) => $"policy/{policy}";

    /// <summary>Reads what a policy did, and of one with several actions what each of them did.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="assumed">The stated assumption of its first action.</param>
    /// <param name="actions">Its actions by which customers are held out, as in <see cref="Exposure.Action"/>, each with its
    /// assumption.</param>
    /// <param name="units">Its decisions that acted or were held out.</param>
    /// <param name="now">The time of the reading.</param>
    /// <param name="store">The store.</param>
    public static PolicyEffectReading Read(
        PolicyId policy, PolicyEffect assumed, IReadOnlyList<(string Action, PolicyEffect Assumed)> actions,
        IReadOnlyCollection<ExposedUnit> units, DateTimeOffset now, StoreSettings store)
    {
        var reading = Read(policy, assumed, units, now, store.Currency);
        if (actions.Count < 2)
        {
            return reading;
        }

        var customers = Ordered(units).Select(c => c.ToArray()).ToArray();
        return reading with
        {
            Actions =
            [
                .. actions.Select(a => ActionEffects.Read(
                    a.Action, a.Assumed, customers, FormattableString.Invariant($"{reading.Subject} {a.Action} {now:yyyy-MM-dd}"), store)),
            ],
        };
    }

    /// <summary>Reads what a policy did as a whole.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="assumed">The stated assumption.</param>
    /// <param name="units">Its decisions that acted or were held out.</param>
    /// <param name="now">The time of the reading.</param>
    /// <param name="currency">The store's currency.</param>
    public static PolicyEffectReading Read(
        PolicyId policy, PolicyEffect assumed, IEnumerable<ExposedUnit> units, DateTimeOffset now, Currency currency)
    {
        // Of each customer the first decision counts: a later one was taken of somebody whom the first had changed.
        var byCustomer = Ordered(units).Select(g => g.ToArray()).Select(all => (First: all[0], IsInTwoArms: IsInTwoArms(all, 0))).ToArray();
        var single = byCustomer.Where(c => !c.IsInTwoArms).Select(c => c.First).ToLookup(u => u.Exposure.Arm, StringComparer.Ordinal);
        var (treated, held) = (Matured(PolicyEffectReading.ActedArm), Matured(PolicyEffectReading.HeldOutArm));
        var ratio = RatioOf([.. byCustomer.Select(c => c.First.Exposure)]);
        var reading = new PolicyEffectReading(
            SubjectOf(policy), now, treated.Length, held.Length, byCustomer.LongCount(c => c.IsInTwoArms),
            single.Sum(arm => arm.LongCount(u => u.Outcome is null)),
            treated.Sum(u => (double)currency.ToMajor(u.Exposure.Cost)), ratio, null, null, assumed, null);
        if (ratio is { IsMismatch: true })
        {
            return reading with { Problem = Mismatch(ratio) };
        }

        if (Math.Min(treated.Length, held.Length) < LeastArm)
        {
            return reading with { Problem = TooFew(treated.Length, held.Length) };
        }

        try
        {
            var adjusted = Cuped.Adjust(Arm(held), Arm(treated));
            var effect = WelchTest.Compare(adjusted.Control, adjusted.Treated);
            var name = string.Create(
                CultureInfo.InvariantCulture, $"{reading.Subject} {reading.At:yyyy-MM-dd} n {reading.Treated + reading.HeldOut:N0}");
            return reading with
            {
                Margin = effect,
                AnyTime = new MeanSequence(TunedFor).Compare(adjusted.Control, adjusted.Treated),
                Effect = Update(assumed, effect, [.. treated.Concat(held).Select(u => u.Exposure)], name, currency),
            };
        }
        catch (ExperimentException e)
        {
            return reading with { Problem = e.Message };
        }

        ExposedUnit[] Matured(string arm) => [.. single[arm].Where(u => u.Outcome is not null)];
        CovariateSample Arm(ExposedUnit[] arm) =>
            CovariateSample.Of(arm.Select(u => (OutcomeOf(u, currency), (double)currency.ToMajor(u.Exposure.Predicted))));
    }

    /// <summary>Margin of the window, and predicted margin at its end.</summary>
    internal static double OutcomeOf(ExposedUnit unit, Currency currency) =>
        (double)currency.ToMajor(unit.Outcome!.Margin) + (double)currency.ToMajor(unit.Outcome.PredictedMargin);

    /// <summary>
    /// Whether a customer is in both arms of the action of a decision, which only a merge of identities brings about: a draw is for good,
    /// and who was held out at another action in between stays so.
    /// </summary>
    /// <param name="customer">The customer's decisions, in order.</param>
    /// <param name="at">The place of the first one at the action.</param>
    internal static bool IsInTwoArms(ExposedUnit[] customer, int at)
    {
        var (first, isHeldElsewhere) = (customer[at].Exposure, false);
        foreach (var exposure in customer.Skip(at + 1).Select(u => u.Exposure))
        {
            if (exposure.Action != first.Action)
            {
                isHeldElsewhere |= exposure.Arm == PolicyEffectReading.HeldOutArm;
            }
            else if (exposure.Arm != first.Arm && !isHeldElsewhere)
            {
                return true;
            }
        }

        return false;
    }

    internal static string Mismatch(SampleRatioCheck ratio) =>
        FormattableString.Invariant($"The sizes are not those of the holdout's share (p {ratio.PValue:G2}).");

    internal static string TooFew(int treated, int held) =>
        $"{treated} treated and {held} held-out customers have matured; {LeastArm} of each are needed.";

    private static IEnumerable<IGrouping<CustomerId, ExposedUnit>> Ordered(IEnumerable<ExposedUnit> units) =>
        units.OrderBy(u => u.Exposure.At).ThenBy(u => u.Exposure.Unit, StringComparer.Ordinal).GroupBy(u => u.Exposure.Customer);

    private static Money BaseOf(Exposure exposure, EffectUnit unit) => unit switch
    {
        EffectUnit.ShareOfValue => exposure.Value,
        EffectUnit.ShareOfValueAtRisk => exposure.AtRisk,
        _ => Money.Zero,
    };

    // Those of each share of the holdout by themselves; whoever was decided for under an unknown share is not checked.
    internal static SampleRatioCheck? RatioOf(Exposure[] first)
    {
        var checks = first.Where(e => e.Holdout is > 0 and < 1).GroupBy(e => e.Holdout!.Value).OrderBy(g => g.Key)
            .Select(g => SampleRatio.Check(
            [g.LongCount(e => e.Arm == PolicyEffectReading.HeldOutArm), g.LongCount(e => e.Arm == PolicyEffectReading.ActedArm)],
            [g.Key, 1 - g.Key])).ToArray();
        return checks.Length == 0 ? null : SampleRatio.Sum(checks);
    }

    /// <summary>The assumption, updated by a measurement.</summary>
    /// <param name="assumed">The assumption.</param>
    /// <param name="measured">The measurement, in whole units of the currency for each treated customer.</param>
    /// <param name="compared">Those who were compared: of a share, the value or the value at risk that they had on average is the
    /// whole.</param>
    /// <param name="name">Names the reading.</param>
    /// <param name="currency">The store's currency.</param>
    internal static PolicyEffect Update(PolicyEffect assumed, Effect measured, Exposure[] compared, string name, Currency currency)
    {
        var scale = assumed.Unit == EffectUnit.Amount ? 1 : compared.Average(e => (double)currency.ToMajor(BaseOf(e, assumed.Unit)));
        if (scale <= 0)
        {
            return assumed;
        }

        var (mean, error) = (measured.Estimate / scale, measured.StandardError / scale);
        var prior = assumed.Sd > 0 ? assumed.Sd : Math.Abs(assumed.Mean);
        var ofAssumption = prior > 0 ? 1 / (prior * prior) : 0;
        var ofMeasurement = 1 / (error * error);
        return new PolicyEffect(
            ((assumed.Mean * ofAssumption) + (mean * ofMeasurement)) / (ofAssumption + ofMeasurement),
            1 / Math.Sqrt(ofAssumption + ofMeasurement),
            assumed.Unit,
            EffectSource.Measured,
            name);
    }
}

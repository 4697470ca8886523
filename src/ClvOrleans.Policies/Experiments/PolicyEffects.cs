using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Policies;
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

    /// <summary>Reads what a policy did.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="assumed">The stated assumption.</param>
    /// <param name="units">Its decisions that acted or were held out.</param>
    /// <param name="now">The time of the reading.</param>
    /// <param name="currency">The store's currency.</param>
    public static PolicyEffectReading Read(
        PolicyId policy, PolicyEffect assumed, IEnumerable<ExposedUnit> units, DateTimeOffset now, Currency currency)
    {
        // Of each customer the first decision counts: a later one was taken of somebody whom the first had changed.
        var byCustomer = units.OrderBy(u => u.Exposure.At).ThenBy(u => u.Exposure.Unit, StringComparer.Ordinal)
            .GroupBy(u => u.Exposure.Customer).Select(g => (First: g.First(), Arms: g.Select(u => u.Exposure.Arm).Distinct().Count()))
                .ToArray();
        var single = byCustomer.Where(c => c.Arms == 1).Select(c => c.First).ToLookup(u => u.Exposure.Arm, StringComparer.Ordinal);
        var (treated, held) = (Matured(PolicyEffectReading.ActedArm), Matured(PolicyEffectReading.HeldOutArm));
        var ratio = RatioOf([.. byCustomer.Select(c => c.First.Exposure)]);
        var reading = new PolicyEffectReading(
            SubjectOf(policy), now, treated.Length, held.Length, byCustomer.LongCount(c => c.Arms > 1),
            single.Sum(arm => arm.LongCount(u => u.Outcome is null)),
            treated.Sum(u => Major(u.Exposure.Cost)), ratio, null, null, assumed, null);
        if (ratio is { IsMismatch: true })
        {
            return reading with
            {
                Problem = FormattableString.Invariant($"The sizes are not those of the holdout's share (p {ratio.PValue:G2})."),
            };
        }

        if (Math.Min(treated.Length, held.Length) < LeastArm)
        {
            return reading with
            {
                Problem = $"{treated.Length} treated and {held.Length} held-out customers have matured; {LeastArm} of each are needed.",
            };
        }

        try
        {
            var adjusted = Cuped.Adjust(Arm(held), Arm(treated));
            var effect = WelchTest.Compare(adjusted.Control, adjusted.Treated);
            return reading with
            {
                Margin = effect,
                AnyTime = new MeanSequence(TunedFor).Compare(adjusted.Control, adjusted.Treated),
                Effect = Update(assumed, effect, treated.Average(u => Major(BaseOf(u.Exposure, assumed.Unit))), reading),
            };
        }
        catch (ExperimentException e)
        {
            return reading with { Problem = e.Message };
        }

        ExposedUnit[] Matured(string arm) => [.. single[arm].Where(u => u.Outcome is not null)];
        CovariateSample Arm(ExposedUnit[] arm) => CovariateSample.Of(
            arm.Select(u => (Major(u.Outcome!.Margin) + Major(u.Outcome.PredictedMargin), Major(u.Exposure.Predicted))));
        double Major(Money money) => (double)currency.ToMajor(money);
    }

    private static Money BaseOf(Exposure exposure, EffectUnit unit) => unit switch
    {
        EffectUnit.ShareOfValue => exposure.Value,
        EffectUnit.ShareOfValueAtRisk => exposure.AtRisk,
        _ => Money.Zero,
    };

    // Those of each share of the holdout by themselves; whoever was decided for under an unknown share is not checked.
    private static SampleRatioCheck? RatioOf(Exposure[] first)
    {
        var checks = first.Where(e => e.Holdout is > 0 and < 1).GroupBy(e => e.Holdout!.Value).OrderBy(g => g.Key)
            .Select(g => SampleRatio.Check(
            [g.LongCount(e => e.Arm == PolicyEffectReading.HeldOutArm), g.LongCount(e => e.Arm == PolicyEffectReading.ActedArm)],
            [g.Key, 1 - g.Key])).ToArray();
        return checks.Length == 0 ? null : SampleRatio.Sum(checks);
    }

    private static PolicyEffect Update(PolicyEffect assumed, Effect measured, double meanBase, PolicyEffectReading reading)
    {
        if (assumed.Unit != EffectUnit.Amount && meanBase <= 0)
        {
            return assumed;
        }

        var scale = assumed.Unit == EffectUnit.Amount ? 1 : meanBase;
        var (mean, error) = (measured.Estimate / scale, measured.StandardError / scale);
        var prior = assumed.Sd > 0 ? assumed.Sd : Math.Abs(assumed.Mean);
        var ofAssumption = prior > 0 ? 1 / (prior * prior) : 0;
        var ofMeasurement = 1 / (error * error);
        return new PolicyEffect(
            ((assumed.Mean * ofAssumption) + (mean * ofMeasurement)) / (ofAssumption + ofMeasurement),
            1 / Math.Sqrt(ofAssumption + ofMeasurement),
            assumed.Unit,
            EffectSource.Measured,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{reading.Subject} {reading.At:yyyy-MM-dd} n {reading.Treated + reading.HeldOut:N0}"));
    }
}

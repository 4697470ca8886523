using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Experiments;

/// <summary>Compares the arms of one experiment with its control.</summary>
internal sealed class ArmComparison
{
    private const double LeastExpectedUnits = 200;
    private readonly ExperimentRecord _record;
    private readonly StoreSettings _store;
    private readonly bool _isComplete;
    private readonly ILookup<string, ExposedUnit> _anyTime;
    private readonly ILookup<string, ExposedUnit> _once;

    /// <param name="record">The experiment.</param>
    /// <param name="units">Those who are compared, in order of exposure.</param>
    /// <param name="isComplete">Whether the one look is due.</param>
    /// <param name="store">The store.</param>
    public ArmComparison(ExperimentRecord record, ExposedUnit[] units, bool isComplete, StoreSettings store)
    {
        (_record, _isComplete, _store) = (record, isComplete, store);
        _anyTime = units.Where(u => u.Outcome is not null).ToLookup(u => u.Exposure.Arm, StringComparer.Ordinal);

        // The one look is at the planned units, however many have come since.
        var planned = record.Forecast.Units is { } n && n < units.Length ? (int)n : units.Length;
        _once = units[..planned].Where(u => u.Outcome is not null).ToLookup(u => u.Exposure.Arm, StringComparer.Ordinal);
    }

    private Experiment Definition => _record.Definition;

    public ArmReading Compare(string arm)
    {
        var primary = Read(Definition.Primary, arm, Definition.AlphaOfArm);
        ImmutableArray<GuardrailReading> guardrails =
            [.. Definition.Guardrails.Select(g => Standing(g, Read(g.Metric, arm, Definition.AlphaOfArm)))];
        var rollout = primary.Once is { } effect && Metrics.IsMoney(Definition.Primary)
            ? RolloutDecision.Of(effect, Definition.Primary == Metric.Spend ? Math.Max(1, _store.MarginBasisPoints) / 10_000.0
                : 1, Definition.Cost)
            : null;
        return new ArmReading(arm, VerdictOf(primary, guardrails), primary, guardrails, primary.Once is null ? null
            : Segments(arm), rollout);
    }

    private Verdict VerdictOf(MetricReading primary, ImmutableArray<GuardrailReading> guardrails)
    {
        var found = Definition.StopRule == Reading.AnyTime
            ? primary.AnyTime is { } any && !any.Interval.Contains(0) ? any.Estimate : (double?)null
            : primary.Once is { } once && !once.Interval.Contains(0) ? once.Estimate : null;
        return guardrails.Any(g => g.Standing == GuardrailStanding.Harmed) ? Verdict.Harmed
            : found > 0 ? Verdict.Better
            : found < 0 ? Verdict.Worse
            : _isComplete ? Verdict.NoEffectFound : Verdict.Undecided;
    }

    private static GuardrailReading Standing(Guardrail guardrail, MetricReading reading)
    {
        var standing = GuardrailStanding.Undecided;
        if (reading.AnyTime is { Interval: var interval })
        {
            var (least, most) = Metrics.IsHarm(guardrail.Metric) ? (interval.Lower, interval.Upper) : (-interval.Upper, -interval.Lower);
            standing = least > guardrail.MostHarm ? GuardrailStanding.Harmed
                : most <= guardrail.MostHarm ? GuardrailStanding.Holds : GuardrailStanding.Undecided;
        }

        return new GuardrailReading(reading, guardrail.MostHarm, standing);
    }

    private MetricReading Read(Metric metric, string arm, double alpha)
    {
        var (control, treated) = (ArmValues.Of(_anyTime[Definition.Control], Value, _store.Currency),
            ArmValues.Of(_anyTime[arm], Value, _store.Currency));
        var empty = new MetricReading(
            metric, control.Mean, treated.Mean, null, null, null, null, null, "Outcomes of both arms are awaited.");
        if (control.Count < 2 || treated.Count < 2)
        {
            return empty;
        }

        var extra = ExtraVariance(metric, _anyTime[Definition.Control], _anyTime[arm]);
        var cuped = Cuped.Adjust(control.Covariate(extra), treated.Covariate(extra));
        var anyTime = AnyTime(metric, arm, alpha, control, treated, cuped, extra, out var problem);
        var reading = empty with { AnyTime = anyTime, Cuped = cuped, Problem = problem };
        if (!_isComplete || problem is not null)
        {
            return reading;
        }

        (control, treated) = (ArmValues.Of(_once[Definition.Control], Value, _store.Currency),
            ArmValues.Of(_once[arm], Value, _store.Currency));
        extra = ExtraVariance(metric, _once[Definition.Control], _once[arm]);
        try
        {
            cuped = Cuped.Adjust(control.Covariate(extra), treated.Covariate(extra));
            return reading with
            {
                Once = Metrics.IsProportion(metric)
                    ? ProportionTest.Compare(control.Proportion, treated.Proportion, alpha: alpha)
                    : WelchTest.Compare(control.Sample(extra), treated.Sample(extra), alpha: alpha),
                Ranks = Metrics.IsProportion(metric) ? null : MannWhitneyTest.Compare(control.Values, treated.Values),
                Cuped = cuped,
                Adjusted = cuped.CovariateVaries ? WelchTest.Compare(cuped.Control, cuped.Treated, alpha: alpha) : null,
            };
        }
        catch (ExperimentException e)
        {
            return reading with { Problem = e.Message };
        }

        double Value(ExposedUnit unit) => Metrics.Of(metric, unit.Outcome!, _store.Currency, _record.Surrogate);
    }

    private AnytimeEffect? AnyTime(
        Metric metric, string arm, double alpha, ArmValues control, ArmValues treated, CupedAdjustment cuped, double extra,
            out string? problem)
    {
        problem = null;
        try
        {
            if (Metrics.IsProportion(metric))
            {
                return new ProportionSequence(Alpha: alpha).Compare(control.Proportion, treated.Proportion);
            }

            var part = Definition.Arms.Where(a => a.Arm == Definition.Control || a.Arm == arm).Sum(a => a.Share);
            var sequence = new MeanSequence(Math.Max(LeastExpectedUnits, (_record.Forecast.Units ?? 0) * part), alpha);
            return cuped is { CovariateVaries: true, VarianceReduction: > 0 }
                ? sequence.Compare(cuped.Control, cuped.Treated)
                : sequence.Compare(control.Sample(extra), treated.Sample(extra));
        }
        catch (ExperimentException e)
        {
            problem = e.Message;
            return null;
        }
    }

    // The calibration of an expected margin has an error, too: both arms vary by so much more, as a factor.
    private double ExtraVariance(Metric metric, IEnumerable<ExposedUnit> control, IEnumerable<ExposedUnit> treated)
    {
        if (metric != Metric.ExpectedMargin || _record.Surrogate is not { } surrogate)
        {
            return 1;
        }

        var index = Squared(control, Index) + Squared(treated, Index);
        return index <= 0 ? 1 : 1 + (surrogate.VarianceOf(
            treated.Average(Margin) - control.Average(Margin), treated.Average(Predicted) - control.Average(Predicted)) / index);

        double Margin(ExposedUnit unit) => (double)_store.Currency.ToMajor(unit.Outcome!.Margin);
        double Predicted(ExposedUnit unit) => (double)_store.Currency.ToMajor(unit.Outcome!.PredictedMargin);
        double Index(ExposedUnit unit) => surrogate.IndexOf(Margin(unit), Predicted(unit));
        static double Squared(IEnumerable<ExposedUnit> units, Func<ExposedUnit, double> value)
        {
            var sample = Sample.Of(units.Select(value));
            return sample.Variance / sample.Count;
        }
    }

    private SegmentEffects Segments(string arm)
    {
        var control = _once[Definition.Control].ToLookup(u => u.Exposure.Segment, StringComparer.Ordinal);
        var treated = _once[arm].ToLookup(u => u.Exposure.Segment, StringComparer.Ordinal);
        return SegmentEffects.Of(
            control.Select(g => g.Key).Union(treated.Select(g => g.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(s => new SegmentArms(s, Of(control[s]), Of(treated[s]))),
            alpha: Definition.AlphaOfArm);

        Sample Of(IEnumerable<ExposedUnit> units)
        {
            double[] values = [.. units.Select(u => Metrics.Of(Definition.Primary, u.Outcome!, _store.Currency, _record.Surrogate))];
            return values.Length < 2 ? new Sample(values.Length, 0, 0) : Sample.Of(values);
        }
    }

    private readonly record struct ArmValues(double[] Values, double[] Covariates)
    {
        public int Count => Values.Length;

        public double? Mean => Values.Length == 0 ? null : Values.Average();

        public Proportion Proportion => new(Values.LongCount(v => v > 0), Values.Length);

        public static ArmValues Of(IEnumerable<ExposedUnit> units, Func<ExposedUnit, double> value, Currency currency)
        {
            ExposedUnit[] all = [.. units];
            return new ArmValues([.. all.Select(value)], [.. all.Select(u => (double)currency.ToMajor(u.Exposure.Predicted))]);
        }

        public Sample Sample(double extra)
        {
            var sample = Statistics.Experiments.Sample.Of(Values);
            return sample with { Variance = sample.Variance * extra };
        }

        public CovariateSample Covariate(double extra)
        {
            var covariate = CovariateSample.Of(Values.Zip(Covariates));
            return covariate with { Outcome = covariate.Outcome with { Variance = covariate.Outcome.Variance * extra } };
        }
    }
}

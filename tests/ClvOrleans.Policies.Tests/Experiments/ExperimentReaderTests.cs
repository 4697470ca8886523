using ClvOrleans.Policies.Experiments;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Tests.Experiments;

/// <summary>What an experiment says, and when it says nothing.</summary>
public sealed class ExperimentReaderTests
{
    [Fact]
    public void Arms_of_the_wrong_sizes_raise_an_alarm_and_no_effect_is_given()
    {
        var record = Lab.Running(Lab.Definition(Metric.Purchased));
        var units = Arm("none", 330, _ => 0).Concat(Arm("mail", 200, i => i % 2));
        var reading = Lab.Read(record, units);
        Assert.True(reading.SampleRatio!.IsMismatch);
        Assert.Equal(31.887, reading.SampleRatio.ChiSquare, 5e-4); // (330 - 265)² / 265 · 2
        Assert.Empty(reading.Comparisons);
        Assert.Contains("sizes", Assert.Single(reading.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void An_arm_of_no_share_is_not_compared_and_one_unit_in_it_is_an_alarm()
    {
        var record = Lab.Running(Lab.Definition(Metric.Purchased, new("none", .5), new("mail", .5), new("off", 0)));
        ExposedUnit[] units = [.. Arm("none", 500, i => i % 3), .. Arm("mail", 500, i => i % 3)];
        var reading = Lab.Read(record, units);
        Assert.Equal((1, 0), (reading.SampleRatio!.DegreesOfFreedom, (int)reading.SampleRatio.ChiSquare));
        Assert.Equal("mail", Assert.Single(reading.Comparisons).Arm);

        reading = Lab.Read(record, [.. units, .. Arm("off", 1, _ => 0)]);
        Assert.Equal(0, reading.SampleRatio!.PValue);
        Assert.Empty(reading.Comparisons);
    }

    [Fact]
    public void Open_windows_are_counted_apart_and_never_compared()
    {
        var record = Lab.Running(Lab.Definition(Metric.Purchased), units: 500);
        var open = Arm("mail", 300, _ => 1, prefix: "open").Select(u => new ExposedUnit(u.Exposure with { Until = Lab.Today }, null));
        var unmeasured = Arm("none", 300, _ => 1, prefix: "unmeasured").Select(u => new ExposedUnit(u.Exposure, null));
        var reading = Lab.Read(record, [.. Arm("none", 200, i => i % 4), .. Arm("mail", 200, i => i % 4), .. open, .. unmeasured]);
        Assert.Equal([new("none", .5, 500, 200, 0, 300), new("mail", .5, 500, 200, 300, 0)], reading.Arms);
        var primary = reading.Comparisons.Single().Primary;
        Assert.Equal((.75, .75), (primary.Control, primary.Treated));
        Assert.False(reading.IsComplete);
        Assert.Null(primary.Once);
        Assert.Null(reading.Comparisons.Single().Segments);
    }

    [Fact]
    public void A_customer_in_two_arms_is_left_out_of_both_and_counted()
    {
        var record = Lab.Running(Lab.Definition(Metric.Purchased));
        ExposedUnit[] units =
        [
            .. Arm("none", 200, i => i % 2), .. Arm("mail", 199, i => i % 2),
            Lab.Unit(Lab.Exposure("v1", "mail", customer: "none-0"), 1),
        ];
        var reading = Lab.Read(record, units);
        Assert.Equal(1, reading.InTwoArms);
        Assert.Equal([199, 199], reading.Arms.Select(a => a.Matured));
        Assert.Equal([200, 200], reading.Arms.Select(a => a.Exposed));
        Assert.Equal(0, reading.SampleRatio!.ChiSquare);
    }

    [Fact]
    public void Of_a_customer_with_several_identities_in_one_arm_the_first_exposure_counts()
    {
        var record = Lab.Running(Lab.Definition(Metric.Spend));
        var later = Lab.Unit(Lab.Exposure("a", "mail", customer: "mail-0", at: Lab.Start.AddDays(1)), 1_000_000);
        var reading = Lab.Read(record, [later, .. Arm("none", 200, i => i), .. Arm("mail", 200, i => i)]);
        Assert.Equal((0, 200), (reading.InTwoArms, reading.Arms[1].Matured));
        Assert.Equal(reading.Comparisons[0].Primary.Control, reading.Comparisons[0].Primary.Treated);
    }

    [Fact]
    public void Units_of_an_earlier_split_are_checked_against_its_shares_and_shown_apart()
    {
        var record = Lab.Running(Lab.Definition(Metric.Purchased, new("none", .9), new("mail", .1)));
        var now = record.Definition with { Arms = [new("none", .5), new("mail", .5)] };
        record = record with { Definition = now, Splits = [.. record.Splits, record.Allocation.Change(now.Arms).Ranges] };
        ExposedUnit[] before = [.. Arm("none", 900, _ => 0, 0, "b"), .. Arm("mail", 100, _ => 1, 0, "b")];
        ExposedUnit[] after = [.. Arm("none", 500, i => i % 2, 1), .. Arm("mail", 500, i => i % 2, 1)];
        var reading = Lab.Read(record, [.. before, .. after]);
        Assert.Equal((0, 2), ((int)reading.SampleRatio!.ChiSquare, reading.SampleRatio.DegreesOfFreedom));
        Assert.Equal(1_000, reading.OfEarlierSplits);
        Assert.Equal([500, 500], reading.Arms.Select(a => a.Matured));
        Assert.Equal(reading.Comparisons[0].Primary.Control, reading.Comparisons[0].Primary.Treated);
    }

    // acting.md 2.14: shares, merges of identities and changes of the split leave p uniform where the assignment works.
    [Theory]
    [InlineData(.5, 0)]
    [InlineData(.9, .3)]
    [InlineData(.5, .3)]
    [InlineData(.2, .3, true)]
    public void The_p_value_of_the_ratio_is_uniform_under_merges_and_changed_splits(double share, double merged, bool changes = false)
    {
        const int Runs = 500;
        var values = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            var random = new Random(run);
            var record = Lab.Running(Lab.Definition(Metric.Purchased, new("none", share), new("mail", 1 - share)));
            var units = new List<ExposedUnit>();
            for (var person = 0; person < 1_500; person++)
            {
                if (changes && person == 700)
                {
                    var now = record.Definition with { Arms = [new("none", .6), new("mail", .4)] };
                    record = record with { Definition = now, Splits = [.. record.Splits, record.Allocation.Change(now.Arms).Ranges] };
                }

                var identities = random.NextDouble() < merged ? 2 : 1;
                for (var i = 0; i < identities; i++)
                {
                    var unit = $"{run}-{person}-{i}";
                    units.Add(new(Lab.Exposure(unit, record.Allocation.ArmOf("salt", unit), $"{person}", record.Split), null));
                }
            }

            var reading = Lab.Read(record, units);
            Assert.Equal(merged > 0, reading.InTwoArms > 0);
            values[run] = reading.SampleRatio!.PValue;
        }

        // Kolmogorov and Smirnov's distance; 1.95 / √n is exceeded once in a thousand.
        Array.Sort(values);
        var distance = values.Select((p, i) => Math.Max(Math.Abs(((i + 1.0) / Runs) - p), Math.Abs((i / (double)Runs) - p))).Max();
        Assert.InRange(distance, 0, 1.95 / Math.Sqrt(Runs));
    }

    [Theory]
    [InlineData(Reading.AnyTime)]
    [InlineData(Reading.Once)]
    public void The_order_of_rows_changes_nothing(Reading rule)
    {
        var record = Lab.Running(Lab.Definition(Metric.Spend) with { StopRule = rule }, units: 300);
        ExposedUnit[] units =
        [
            .. Arm("none", 200, i => i % 7).Select((u, i) => At(u, i)), .. Arm("mail", 200, i => i % 9).Select((u, i) => At(u, i)),
        ];
        var once = Lab.Read(record, units);
        var again = Lab.Read(record, units.Reverse());
        Assert.True(once.IsComplete);
        Assert.Equal(once.Comparisons[0].Primary, again.Comparisons[0].Primary);

        static ExposedUnit At(ExposedUnit unit, int i) => unit with { Exposure = unit.Exposure with { At = Lab.Start.AddMinutes(i) } };
    }

    [Fact]
    public void A_rule_to_read_once_says_nothing_before_and_stays_as_it_was_read()
    {
        var record = Lab.Running(Lab.Definition(Metric.Purchased) with { StopRule = Reading.Once }, units: 400) with
        {
            StartedAt = new DateTimeOffset(2026, 5, 30, 0, 0, 0, TimeSpan.Zero),
        };
        ExposedUnit[] planned = [.. Arm("none", 200, i => i % 2), .. Arm("mail", 200, _ => 1)];
        var before = Lab.Read(record, planned.SkipLast(1));
        Assert.Equal((false, Verdict.Undecided), (before.IsComplete, before.Comparisons[0].Verdict));
        Assert.Null(before.Comparisons[0].Primary.Once);

        var reading = Lab.Read(record, planned);
        Assert.Equal((true, Verdict.Better), (reading.IsComplete, reading.Comparisons[0].Verdict));
        var later = Arm("none", 400, _ => 1, prefix: "later").Concat(Arm("mail", 400, _ => 0, prefix: "later"))
            .Select(u => u with { Exposure = u.Exposure with { At = Lab.Start.AddDays(1) } });
        Assert.Equal(reading.Comparisons[0].Primary.Once, Lab.Read(record, planned.Concat(later)).Comparisons[0].Primary.Once);
    }

    [Fact]
    public void A_harmed_guardrail_stands_in_the_way_of_a_better_arm()
    {
        var definition = Lab.Definition(Metric.Purchased) with { Guardrails = [new(Metric.Unsubscribed, .02), new(Metric.Spend, 50)] };
        ExposedUnit[] units = [.. Arm("none", 2_000, i => i % 2), .. Arm("mail", 2_000, i => i % 4)];
        var calm = Lab.Read(Lab.Running(definition), units).Comparisons[0];
        Assert.Equal((Verdict.Better, GuardrailStanding.Holds, GuardrailStanding.Holds),
            (calm.Verdict, calm.Guardrails[0].Standing, calm.Guardrails[1].Standing));

        var noisy = units.Select(u => u.Exposure.Arm == "mail" && u.Exposure.Unit.EndsWith('7')
            ? u with { Outcome = u.Outcome! with { Unsubscribed = 1 } }
            : u);
        var harmed = Lab.Read(Lab.Running(definition), noisy).Comparisons[0];
        Assert.Equal((Verdict.Harmed, GuardrailStanding.Harmed), (harmed.Verdict, harmed.Guardrails[0].Standing));
    }

    [Fact]
    public void What_cannot_be_compared_is_said()
    {
        var reading = Lab.Read(Lab.Running(Lab.Definition(Metric.Spend)), [.. Arm("none", 200, _ => 0), .. Arm("mail", 200, _ => 0)]);
        Assert.Contains("Neither arm varies", reading.Comparisons[0].Primary.Problem, StringComparison.Ordinal);
        reading = Lab.Read(Lab.Running(Lab.Definition(Metric.Spend)), []);
        Assert.Null(reading.SampleRatio);
        Assert.Empty(reading.Comparisons);
    }

    // 300 streams of two equal arms, each read 20 times by its stop rule.
    [Theory]
    [InlineData(Metric.Purchased, .1)]
    [InlineData(Metric.Spend, .1)]
    public void Reading_again_and_again_finds_no_more_than_the_level_allows(Metric metric, double rate)
    {
        const int Streams = 300;
        var record = Lab.Running(Lab.Definition(metric), units: 2_000);
        var found = 0;
        for (var stream = 0; stream < Streams; stream++)
        {
            var random = new Random(stream);
            var units = new List<ExposedUnit>();
            for (var look = 0; look < 20; look++)
            {
                for (var i = 0; i < 200; i++)
                {
                    var value = random.NextDouble() < rate ? Math.Exp(3 + Lab.Normal(random)) : 0; // zero-inflated lognormal
                    units.Add(Lab.Unit(Lab.Exposure($"{look}-{i}", i % 2 == 0 ? "none" : "mail"), value, random.NextDouble()));
                }

                if (Lab.Read(record, units).Comparisons[0].Verdict is Verdict.Better or Verdict.Worse)
                {
                    found++;
                    break;
                }
            }
        }

        Assert.InRange(found / (double)Streams, 0, .05 + (2 * Math.Sqrt(.05 * .95 / Streams)));
    }

    private static IEnumerable<ExposedUnit> Arm(string arm, int count, Func<int, double> spend, int split = 0, string prefix = "") =>
        Enumerable.Range(0, count).Select(i => Lab.Unit(Lab.Exposure($"{prefix}{arm}-{i}", arm, split: split), spend(i)));
}

using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Statistics.Tests.Experiments;

/// <summary>Who gets which arm.</summary>
public sealed class AllocationTests
{
    // Python: int.from_bytes(hashlib.sha256(salt.encode() + b"\0" + unit.encode()).digest()[:8], "big") * 10**6 >> 64
    [Theory]
    [InlineData("spring-2026", "customer-1", 488_390)]
    [InlineData("spring-2026", "customer-2", 983_781)]
    [InlineData("spring-2026", "anna@example.com", 42_622)]
    [InlineData("winback", "customer-1", 142_589)]
    [InlineData("winback", "", 685_646)]
    [InlineData("a", "bc", 252_858)]
    [InlineData("ab", "c", 421_923)]
    [InlineData("salt", "Zoë 北京 🛒", 972_671)]
    public void A_unit_has_the_place_that_another_program_computes(string salt, string unit, int place) =>
        Assert.Equal(place, Allocation.PlaceOf(salt, unit));

    [Fact]
    public void A_million_units_are_shared_out_within_chance()
    {
        var allocation = Allocation.Of([new("control", .1), new("mail", .6), new("call", .3)]);
        var counts = Enumerable.Range(0, 1_000_000).CountBy(i => allocation.ArmOf("spring", $"customer-{i}")).ToDictionary();
        var check = SampleRatio.Check([counts["control"], counts["mail"], counts["call"]], [.1, .6, .3]);
        Assert.InRange(check.PValue, .01, .99);
    }

    [Fact]
    public void Experiments_are_independent_of_each_other()
    {
        var half = Allocation.Of([new("a", .5), new("b", .5)]);
        var both = Enumerable.Range(0, 200_000).CountBy(i => half.ArmOf("one", $"{i}") + half.ArmOf("two", $"{i}")).ToDictionary();
        Assert.InRange(SampleRatio.Check([both["aa"], both["ab"], both["ba"], both["bb"]], [.25, .25, .25, .25]).PValue, .01, 1);
    }

    [Fact]
    public void Shares_become_millionths_that_add_up()
    {
        var thirds = Allocation.Of([new("a", 1 / 3.0), new("b", 1 / 3.0), new("c", 1 / 3.0), new("none", 0)]);
        Assert.Equal([new("a", 0, 333_334), new("b", 333_334, 666_667), new("c", 666_667, 1_000_000)], thirds.Ranges);
        Assert.Equal([new("a", 0, 290_000), new("b", 290_000, 1_000_000)], Allocation.Of([new("a", .29), new("b", .71)]).Ranges);
    }

    [Fact]
    public void Other_shares_move_only_what_the_shrinking_arms_give_away()
    {
        var before = Allocation.Of([new("control", .5), new("a", .3), new("b", .2)]);
        var after = before.Change([new("b", .25), new("control", .4), new("a", .3), new("new", .05)]);
        Assert.Equal(
            [
                new("control", 0, 400_000),
                new("b", 400_000, 450_000),
                new("new", 450_000, 500_000),
                new("a", 500_000, 800_000),
                new("b", 800_000, 1_000_000),
            ],
            after.Ranges);
    }

    [Fact]
    public void Any_change_of_shares_moves_as_few_places_as_there_can_be_and_comes_back()
    {
        var random = new Random(11);
        var allocation = Allocation.Of([new("a", 1)]);
        var shares = new Dictionary<string, int> { ["a"] = Allocation.Places };
        for (var i = 0; i < 300; i++)
        {
            var next = Draw();
            var changed = allocation.Change([.. next.Select(n => new ArmShare(n.Key, n.Value / (double)Allocation.Places))]);
            Assert.Equal(shares.Sum(s => Math.Max(0, s.Value - next.GetValueOrDefault(s.Key))), Moved(allocation, changed));
            Assert.All(next, n => Assert.Equal(n.Value, changed.Ranges.Where(r => r.Arm == n.Key).Sum(r => r.To - r.From)));
            Assert.Equal(changed.Ranges, new Allocation(changed.Ranges).Ranges);
            (allocation, shares) = (changed, next);
        }

        Dictionary<string, int> Draw()
        {
            string[] arms = ["a", "b", "c", "d", "e"];
            var inner = Enumerable.Range(0, arms.Length - 1).Select(_ => random.Next(Allocation.Places + 1)).Order();
            int[] cuts = [0, .. inner, Allocation.Places];
            return arms.Select((arm, n) => (arm, Width: cuts[n + 1] - cuts[n])).ToDictionary(a => a.arm, a => a.Width);
        }
    }

    [Theory]
    [InlineData("The shares add up to 0.9; they must add up to 1.", "a", .5, "b", .4)]
    [InlineData("Arm 'a' is there twice.", "a", .5, "a", .5)]
    [InlineData("An experiment needs arms, each with a name and a share from 0 to 1.", "a", 1.5, "b", -.5)]
    [InlineData("An experiment needs arms, each with a name and a share from 0 to 1.", "", .5, "b", .5)]
    [InlineData("An experiment needs arms, each with a name and a share from 0 to 1.", "a", double.NaN, "b", .5)]
    public void Shares_that_make_no_sense_are_refused(string reason, string first, double share, string second, double other)
    {
        var shares = new ArmShare[] { new(first, share), new(second, other) };
        Assert.StartsWith(reason, Assert.Throws<ArgumentException>(() => Allocation.Of(shares)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Allocation.Of([new("a", 1)]).Change(shares));
    }

    [Fact]
    public void Ranges_that_do_not_cover_the_line_once_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Allocation([]));
        Assert.Throws<ArgumentException>(() => new Allocation([new("a", 0, 999_999)]));
        Assert.Throws<ArgumentException>(() => new Allocation([new("a", 0, 500_000), new("b", 400_000, 1_000_000)]));
        Assert.Throws<ArgumentException>(() => new Allocation([new("a", 0, 500_000), new("b", 600_000, 1_000_000)]));
        Assert.Throws<ArgumentException>(() => Allocation.Of([]));
    }

    [Fact]
    public void A_salt_that_could_be_taken_for_another_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Allocation.PlaceOf("", "customer-1"));
        Assert.Throws<ArgumentException>(() => Allocation.PlaceOf("spring\0customer", "1"));
        Assert.ThrowsAny<ArgumentException>(() => Allocation.PlaceOf("spring", "\ud800"));
        Assert.InRange(Allocation.PlaceOf(new string('s', 600), new string('u', 600)), 0, 999_999);
    }

    private static int Moved(Allocation before, Allocation after)
    {
        var ends = before.Ranges.Concat(after.Ranges).Select(r => r.To).Distinct().Order().ToArray();
        return ends.Select((end, i) => (From: i == 0 ? 0 : ends[i - 1], To: end))
            .Where(part => Arm(before, part.From) != Arm(after, part.From)).Sum(part => part.To - part.From);

        static string Arm(Allocation allocation, int place) => allocation.Ranges.First(r => place < r.To).Arm;
    }
}

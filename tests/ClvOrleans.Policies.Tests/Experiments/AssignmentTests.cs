using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Tests.Experiments;

/// <summary>Who is in which arm.</summary>
public sealed class AssignmentTests
{
    private static readonly StoreId Shop = new("shop");

    // Python: int.from_bytes(hashlib.sha256(salt.encode() + b"\0" + unit.encode()).digest()[:8], "big") * 10**6 >> 64
    [Theory]
    [InlineData("spring-mail", "c:anna", 926_080)]
    [InlineData("spring-mail", "v:anna", 710_790)]
    [InlineData("spring-mail", "c:Zoë", 554_762)]
    [InlineData("control/2026", "c:anna", 739_373)]
    [InlineData("win-back", "c:42", 60_618)]
    public void A_customer_has_the_place_that_another_program_computes(string salt, string customer, int place)
    {
        Assert.Equal(place, Assignment.PlaceOf(salt, CustomerId.Parse(Shop, customer)));
        Assert.Equal(place / 1e6, Assignment.DrawOf(salt, customer));
        Assert.Equal(place < 500_000, Assignment.IsHeldOut(salt, CustomerId.Parse(Shop, customer), .5));
        Assert.Equal(
            place < 500_000 ? "a" : "b",
            Assignment.ArmOf(salt, CustomerId.Parse(Shop, customer), Allocation.Of([new("a", .5), new("b", .5)])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(.01)]
    [InlineData(.2)]
    [InlineData(1)]
    public void The_held_out_are_the_share_that_was_asked_for(double share)
    {
        var held = Enumerable.Range(0, 100_000).Count(i => Assignment.IsHeldOut("win-back", CustomerId.OfUser(Shop, $"{i}"), share));
        Assert.InRange(SampleRatio.Check([held, 100_000 - held], [share, 1 - share]).PValue, .01, 1);
    }

    [Fact]
    public void A_share_that_grows_keeps_those_who_were_held_out()
    {
        var customers = Enumerable.Range(0, 10_000).Select(i => CustomerId.OfUser(Shop, $"{i}")).ToArray();
        Assert.All(
            customers.Where(c => Assignment.IsHeldOut("win-back", c, .05)), c => Assert.True(Assignment.IsHeldOut("win-back", c, .1)));
    }

    [Fact]
    public void The_control_group_is_drawn_anew_when_its_time_is_up_and_not_before()
    {
        var group = new ControlGroup(.1, 91);
        var first = new DateOnly(2026, 1, 1);
        var begin = first.AddDays(91 - (first.DayNumber % 91));
        var customers = Enumerable.Range(0, 20_000).Select(i => CustomerId.OfUser(Shop, $"{i}")).ToArray();
        bool[] At(DateOnly day)
        {
            return [.. customers.Select(c => group.Contains(c, day))];
        }

        Assert.Equal(At(begin), At(begin.AddDays(90)));
        var (now, next) = (At(begin), At(begin.AddDays(91)));
        var both = now.Zip(next).Count(m => m.First && m.Second);
        Assert.InRange(SampleRatio.Check([both, customers.Length - both], [.01, .99]).PValue, .01, 1);
    }
}

using ClvOrleans.Grains.Customers;

namespace ClvOrleans.Grains.Tests.Customers;

/// <summary>The fingerprints of a customer's events: a set, in hardly more than 4 bytes each.</summary>
public sealed class FingerprintSetTests
{
    [Fact]
    public void It_holds_what_a_set_holds_whatever_it_began_with()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            // Few numbers, so that many come twice.
            var random = new Random(seed);
            uint[] before = [.. Enumerable.Range(0, seed * 10).Select(_ => Next(random)).Distinct()];
            var (set, expected) = (new FingerprintSet(before), before.ToHashSet());
            for (var i = 0; i < 500; i++)
            {
                var number = Next(random);
                Assert.Equal(expected.Contains(number), set.Contains(number));
                Assert.Equal(expected.Add(number), set.Add(number));
                Assert.True(set.Contains(number));
            }

            Assert.Equal(expected.Count, set.Count);
            Assert.Equal(expected.Order(), set.ToImmutableArray());
        }
    }

    [Fact]
    public void A_fourth_of_its_room_is_spare_at_most()
    {
        var (set, random) = (new FingerprintSet([]), new Random(1));
        for (var i = 0; i < 20_000; i++)
        {
            set.Add((uint)random.NextInt64(1L << 32));
            Assert.InRange(set.Capacity, set.Count, (set.Count * 5 / 4) + 8);
        }
    }

    private static uint Next(Random random) => uint.MaxValue - (uint)random.Next(700);
}

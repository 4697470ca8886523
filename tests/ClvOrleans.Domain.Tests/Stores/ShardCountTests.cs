using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using CsCheck;

namespace ClvOrleans.Domain.Tests.Stores;

/// <summary>Shards are parts of all customers, and stay as they are.</summary>
public sealed class ShardCountTests
{
    private static readonly StoreId Shop = new("shop");

    [Fact]
    public void Whoever_it_is_they_are_in_one_shard_of_each_number_and_twice_as_many_shards_split_each_in_two() =>
        Gen.Select(Gen.String[1, CustomerId.MaxLength], Gen.Int[0, 11]).Sample((id, power) =>
        {
            var customer = CustomerId.OfUser(Shop, id);
            var (few, twice) = (new ShardCount(1 << power), new ShardCount(2 << power));
            Assert.Single(few.All, customer.ShardIn(few));
            Assert.Equal(customer.ShardIn(few), customer.ShardIn(twice) % few.Value);
        });

    [Theory]
    [InlineData("c:anna", 55)]
    [InlineData("c:020235", 42)]
    [InlineData("v:2f1c-ü", 18)]
    public void A_store_of_sixty_four_has_everyone_where_they_always_were(string customer, int shard) =>
        Assert.Equal(shard, CustomerId.Parse(Shop, customer).ShardIn(ShardCount.Default));

    [Fact]
    public void Customers_are_spread_evenly()
    {
        var shards = new ShardCount(256);
        var counts = Enumerable.Range(0, 256 * 100).CountBy(i => CustomerId.OfUser(Shop, $"c{i}").ShardIn(shards)).ToList();
        Assert.Equal(256, counts.Count);
        Assert.All(counts, c => Assert.InRange(c.Value, 50, 160));
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(800_000, 8)]
    [InlineData(800_001, 16)]
    [InlineData(6_400_000, 64)]
    [InlineData(6_400_001, 128)]
    [InlineData(100_000_000, 1_024)]
    [InlineData(ShardCount.MostCustomers, ShardCount.Most)]
    public void An_expected_size_takes_the_fewest_shards_of_at_most_a_hundred_thousand_customers(int customers, int shards)
    {
        Assert.Equal(shards, ShardCount.For(customers).Value);
        Assert.InRange(customers, 1, shards * ShardCount.CustomersEach);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(ShardCount.MostCustomers + 1)]
    public void Other_sizes_are_refused(int customers) => Assert.Throws<ArgumentOutOfRangeException>(() => ShardCount.For(customers));

    [Theory]
    [InlineData(0)]
    [InlineData(-64)]
    [InlineData(63)]
    [InlineData(8_192)]
    public void Other_numbers_are_refused(int shards) => Assert.Throws<ArgumentOutOfRangeException>(() => new ShardCount(shards));

    [Fact]
    public void The_usual_number_is_the_default_of_the_type() =>
        Assert.Equal((new ShardCount(64), 64), (default, default(ShardCount).Value));
}

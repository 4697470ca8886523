using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Valuation.Clusters;

namespace ClvOrleans.Valuation.Tests.Clusters;

/// <summary>Which cluster a customer is in, and when they move.</summary>
public sealed class ClusteringTests
{
    // Middles at mean order values of 20 and 80: the border is their geometric mean, 40.
    private static readonly Clustering ByValue = Of(
        .2, (ClusterFeature.OrderValue, Math.Log(2_000)), (ClusterFeature.OrderValue, Math.Log(8_000)));

    [Fact]
    public void A_customer_is_in_the_nearest_cluster_after_their_first_purchase()
    {
        Assert.Equal("c1", In(ByValue, 3_900));
        Assert.Equal("c2", In(ByValue, 4_100));
    }

    [Fact]
    public void Nobody_is_in_a_cluster_who_has_not_bought_by_the_day_or_where_there_is_none()
    {
        Assert.Null(ByValue.Of(new CustomerSummary(), Happened.Day(1)));
        Assert.Null(ByValue.Of(Bought(1_000), Happened.Day(-1)));
        Assert.Null(Clustering.None("none", 7).Of(Bought(1_000), Happened.Day(9)));
    }

    [Fact]
    public void One_hundred_purchases_to_either_side_of_the_border_move_nobody()
    {
        // Means that alternate between 39.90 and 40.10, to either side of 40, all the way.
        var (amounts, spent) = (new List<long>(), 0L);
        for (var i = 1; i <= 100; i++)
        {
            var mean = i % 2 == 1 ? 4_010 : 3_990;
            amounts.Add((mean * i) - spent);
            spent = mean * i;
        }

        var nearest = Enumerable.Range(1, 100).Select(i => In(ByValue, Math.Abs(amounts.Take(i).Sum()) / i)).ToArray();
        Assert.Equal(99, nearest.Zip(nearest.Skip(1)).Count(p => p.First != p.Second)); // Without the margin each of them would.
        var path = Enumerable.Range(1, 100).Select(i => In(ByValue, [.. amounts.Take(i)])).ToArray();
        Assert.Equal(["c2"], path.Distinct());
    }

    [Fact]
    public void A_customer_moves_where_another_cluster_is_nearer_by_the_margin_and_back_by_as_much()
    {
        // Squared distances differ by the margin where ln v lies m / (4 ln 2) from the middle between the two, here 15 % of the value.
        var border = ByValue.Margin / (4 * Math.Log(2));
        var (up, down) = ((long)(4_000 * Math.Exp(border)), (long)(4_000 * Math.Exp(-border)));
        Assert.Equal("c1", In(ByValue, 3_000, (2 * up) - 3_000 - 4));
        Assert.Equal("c2", In(ByValue, 3_000, (2 * up) - 3_000 + 4));
        Assert.Equal("c2", In(ByValue, 5_000, (2 * down) - 5_000 + 4));
        Assert.Equal("c1", In(ByValue, 5_000, (2 * down) - 5_000 - 4));
    }

    [Fact]
    public void Silence_moves_a_customer_once_and_a_purchase_brings_them_back()
    {
        var clustering = Of(.2, (ClusterFeature.Recency, Math.Log(1 + 5)), (ClusterFeature.Recency, Math.Log(1 + 300)));
        var customer = Bought(1_000);
        var path = Enumerable.Range(0, 700).Select(d => clustering.Of(customer, Happened.Day(d)).ToString()).ToArray();
        Assert.Equal(1, path.Zip(path.Skip(1)).Count(p => p.First != p.Second));
        Assert.Equal(("c1", "c2"), (path[0], path[^1]));
        Assert.Equal("c1", clustering.Of(Bought(1_000, 1_000), Happened.Day(1)).ToString());
    }

    [Fact]
    public void Silence_never_returns_to_a_cluster_whatever_the_clusters_and_the_customer()
    {
        var random = new Random(5);
        var moves = 0;
        for (var i = 0; i < 300; i++)
        {
            var clustering = Random(random);
            var customer = Random(random, random.Next(1, 9));
            var last = customer.PurchaseDays[^1].Day;
            var path = Enumerable.Range(0, 800).Select(d => clustering.Of(customer, last.AddDays(d))).ToArray();
            var changes = path.Zip(path.Skip(1)).Count(p => p.First != p.Second);
            Assert.Equal(path.Distinct().Count() - 1, changes);
            moves += changes;
        }

        Assert.InRange(moves, 100, int.MaxValue);
    }

    [Fact]
    public void The_answer_is_that_of_the_set_of_purchases_and_of_those_up_to_the_day()
    {
        var random = new Random(8);
        for (var i = 0; i < 200; i++)
        {
            var (clustering, customer) = (Random(random), Random(random, random.Next(2, 9)));
            var day = customer.PurchaseDays[random.Next(customer.PurchaseDays.Length)].Day;
            var then = customer with { PurchaseDays = [.. customer.PurchaseDays.Where(d => d.Day <= day)] };
            Assert.Equal(clustering.Of(then, day), clustering.Of(customer, day));

            // Each step is the nearest, or the one before while no other is nearer by the margin.
            var (stay, now) = (-1, clustering.Of(customer, customer.PurchaseDays[^1].Day));
            for (var n = 1; n <= customer.PurchaseDays.Length; n++)
            {
                stay = clustering.Next(stay, PointOf(clustering, customer.PurchaseDays[..n]));
            }

            Assert.Equal(clustering.Clusters[stay].Id, now);
        }
    }

    [Fact]
    public void A_feature_that_all_share_tells_nobody_apart_and_amounts_beyond_64_bits_have_a_place()
    {
        var flat = ByValue with { Deviations = [0, 0, 0, 0] };
        Assert.Equal("c1", In(flat, 1_000_000));
        var great = new CustomerSummary
        {
            PurchaseDays = [new PurchaseDay(Happened.Day(0), 1, default, new Money(Int128.MaxValue), default)],
        };
        Assert.Equal("c2", ByValue.Of(great, Happened.Day(0)).ToString());
        Assert.Equal("c1", In(ByValue, 0));
    }

    [Fact]
    public void An_id_is_c_and_a_number()
    {
        Assert.Equal("c12", ClusterId.Parse("c12").ToString());
        string?[] others = ["", "c", "c0", "c01", "x1", "c-1", "c1 ", "c9999999999", null];
        Assert.All(others, text => Assert.False(ClusterId.TryParse(text, out _)));
    }

    private static string In(Clustering clustering, params long[] amounts) =>
        clustering.Of(Bought(amounts), Happened.Day(amounts.Length)).ToString()!;

    private static CustomerSummary Bought(params long[] amounts) => new()
    {
        PurchaseDays = [.. amounts.Select((a, i) => new PurchaseDay(Happened.Day(i), 1, new Money(a), new Money(a), new Money(a)))],
    };

    private static double[] PointOf(Clustering clustering, IReadOnlyList<PurchaseDay> bought)
    {
        var orders = bought.Sum(d => d.Orders);
        return
        [
            clustering.Scaled(ClusterFeature.Length, Math.Log(1 + bought[^1].Day.DayNumber - bought[0].Day.DayNumber)),
            clustering.Scaled(ClusterFeature.Recency, 0),
            clustering.Scaled(ClusterFeature.Frequency, Math.Log(orders)),
            clustering.Scaled(ClusterFeature.OrderValue, Math.Log(Math.Max(1, bought.Sum(d => (double)d.Net.Minor) / orders))),
        ];
    }

    private static CustomerSummary Random(Random random, int purchases)
    {
        var day = 0;
        return new CustomerSummary
        {
            PurchaseDays =
            [
                .. Enumerable.Range(0, purchases).Select(_ => new PurchaseDay(
                    Happened.Day(day += random.Next(1, 90)), random.Next(1, 3), default, new Money(random.Next(0, 9_000)), default)),
            ],
        };
    }

    private static Clustering Random(Random random)
    {
        var middles = Enumerable.Range(0, random.Next(2, 7))
            .Select(_ => Enumerable.Range(0, 4).Select(_ => (random.NextDouble() * 4) - 2).ToArray()).ToArray();
        return new Clustering
        {
            Clusters = [.. middles.Select((m, i) => new Cluster(new ClusterId(i + 1), $"{i}", [.. m], 1))],
            Means = [3, 4, 1, 8],
            Deviations = [2, 1.5, .8, 1],
            Margin = random.NextDouble(),
        };
    }

    private static Clustering Of(double share, params (ClusterFeature Feature, double Value)[] middles)
    {
        var gap = middles[1].Value - middles[0].Value;
        return new Clustering
        {
            Clusters = [.. middles.Select((m, i) => new Cluster(
                new ClusterId(i + 1), $"{i}", [.. Enumerable.Range(0, 4).Select(f => f == (int)m.Feature ? m.Value : 0)], 1))],
            Means = [0, 0, 0, 0],
            Deviations = [.. Enumerable.Range(0, 4).Select(f => f == (int)middles[0].Feature ? 1.0 : 0)],
            Margin = share * gap * gap,
        };
    }
}

using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Training.Segments;
using ClvOrleans.Valuation.Clusters;
using Xunit;

namespace ClvOrleans.Training.Tests.Segments;

/// <summary>The clusters that a training finds.</summary>
public sealed class ClusterFitTests
{
    private static readonly List<(int Group, CustomerSummary Customer)> Store = Planted.Store(600);
    private static readonly Clustering Found = Fit(Store);

    [Fact]
    public void Planted_groups_are_found_with_what_distinguishes_them()
    {
        Assert.Equal(4, Found.Clusters.Length);
        Assert.InRange(Found.Silhouette!.Value, .6, 1);
        Assert.Equal([1, 2, 3, 4], Found.Clusters.Select(c => c.Id.Number));
        Assert.Equal(600, Found.Clusters.Sum(c => c.Customers));
        var groups = Store.GroupBy(c => Found.Of(c.Customer, Planted.Today)!.Value)
            .ToDictionary(
                g => Planted.Groups[g.First().Group].Name, g => (Found.Find(g.Key)!.Name, Pure: g.All(c => c.Group == g.First().Group)));
        Assert.Equal(4, groups.Count);
        Assert.All(groups.Values, g => Assert.True(g.Pure));
        Assert.Equal("frequent, recent", groups["loyal"].Name);
        Assert.Equal("recent, infrequent, small orders", groups["once lately"].Name);
        Assert.Equal("lapsed, infrequent, small orders", groups["once long ago"].Name);
        Assert.Equal("large orders, long-standing", groups["few and large"].Name);
        var loyal = Found.Clusters.Single(c => c.Name == "frequent, recent");
        Assert.Equal(15, Found.InUnits(loyal, ClusterFeature.Frequency), 1e-4);
        Assert.InRange(Found.InUnits(loyal, ClusterFeature.OrderValue), 4_700, 5_300);
        Assert.InRange(Found.InUnits(loyal, ClusterFeature.Recency), 11, 13);
    }

    [Fact]
    public void The_order_of_customers_changes_nothing_to_the_last_bit()
    {
        var shuffled = Store.OrderBy(c => c.Customer.PurchaseDays[0].Net.Minor * 7919 % 1_000).ToList();
        Assert.NotEqual(Store, shuffled);
        Assert.Equal(Text(Found), Text(Fit(shuffled)));
    }

    [Fact]
    public void The_unit_of_money_changes_nobody_s_cluster()
    {
        var cents = Planted.Store(600, money: 100);
        var found = Fit(cents);
        Assert.Equal(
            Store.Select(c => Found.Of(c.Customer, Planted.Today)), cents.Select(c => found.Of(c.Customer, Planted.Today)));
        Assert.Equal(Found.Clusters.Select(c => c.Name), found.Clusters.Select(c => c.Name));
    }

    [Fact]
    public void Clusters_are_kept_as_they_are_while_they_part_the_customers_as_well()
    {
        var later = Planted.Store(700, seed: 2);
        var kept = Fit(later, Found);
        Assert.Equal(Text(Found with { Reason = "", Silhouette = null }), Text(kept with { Reason = "", Silhouette = null }));
        Assert.StartsWith("Kept since 2026-06-30: their silhouette is 0.", kept.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_arises_gets_a_new_id_and_the_others_keep_theirs()
    {
        Planted[] groups =
        [
            Planted.Groups[0], Planted.Groups[1], Planted.Groups[2] with { Share = 20 }, Planted.Groups[3] with { Share = 10 },
            new("frequent and small", 20, 40, 4, 150, 300),
        ];
        var changed = Planted.Store(800, seed: 3, groups: groups);
        var found = Fit(changed, Found);
        Assert.Equal([1, 2, 3, 4, 5], found.Clusters.Select(c => c.Id.Number));
        Assert.Equal(5, found.LastId);
        Assert.Equal(
            Found.Clusters.Select(c => Members(Found, Store, c.Id)), found.Clusters.Take(4).Select(c => Members(found, changed, c.Id)));
        Assert.Equal("frequent and small", groups[Members(found, changed, new ClusterId(5))].Name);
        Assert.Equal(5, found.Clusters.Select(c => c.Name).Distinct().Count());

        // When it is gone again, its id is not given to another.
        var gone = Fit(Store, found);
        Assert.Equal([1, 2, 3, 4], gone.Clusters.Select(c => c.Id.Number));
        Assert.Equal(5, gone.LastId);
        Assert.Equal(Store.Select(c => Found.Of(c.Customer, Planted.Today)), Store.Select(c => gone.Of(c.Customer, Planted.Today)));
    }

    [Fact]
    public void A_store_that_is_too_small_has_none_and_says_so()
    {
        var none = Fit(Planted.Store(99), Found);
        Assert.Equal(("99 customers have bought, and clusters need 100.", 4), (none.Reason, none.LastId));
        Assert.Empty(none.Clusters);
        Assert.Null(none.Of(Store[0].Customer, Planted.Today));
    }

    [Fact]
    public void Customers_who_differ_by_chance_alone_have_none_and_the_answer_says_why()
    {
        var cloud = Planted.Store(600, spread: .8, groups: [new("all", 100, 6, 40, 60, 5_000)]);
        var none = Fit(cloud);
        Assert.Empty(none.Clusters);
        Assert.InRange(none.Silhouette!.Value, .1, .25);
        Assert.Matches(
            @"^The customers show no structure: the best silhouette, of \d clusters, is 0\.\d\d, not above 0\.25\.$", none.Reason);
    }

    [Fact]
    public void Customers_who_are_all_alike_have_none()
    {
        var alike = Enumerable.Repeat(Store[0], 200).ToList();
        Assert.Equal("No number of clusters from 2 to 8 leaves each of them 10 customers.", Fit(alike).Reason);
    }

    [Fact]
    public void A_handful_of_outliers_is_no_cluster()
    {
        var whales = Enumerable.Range(0, 5).Select(i => (0, new CustomerSummary
        {
            PurchaseDays = [new PurchaseDay(Planted.Today, 1, default, new Money(900_000_000 + i), default)],
        }));
        var found = Fit([.. Store, .. whales]);
        Assert.All(found.Clusters, c => Assert.InRange(c.Customers, 10, 600));
    }

    [Fact]
    public void A_former_cluster_is_found_again_where_both_are_nearest_to_each_other()
    {
        Assert.Equal([1, null, 0], ClusterMatch.Of([[0, 0], [5, 5], [9, 0]], [[8, 1], [1, 0]]));
        Assert.Equal(new int?[] { null }, ClusterMatch.Of([[1, 1]], []));

        // The least sum of distances would pair the second with what vanished far away.
        Assert.Equal([0, null], ClusterMatch.Of([[0], [1]], [[.1], [50]]));
    }

    [Fact]
    public void Names_differ_and_stay_while_each_word_holds()
    {
        double[][] middles = [[0, -1, .1, .2], [.2, -1, -.1, .3], [0, 0, 0, 0], [.1, 0, 0, 0]];
        var names = ClusterNames.Of(middles, [null, null, null, null]);
        Assert.Equal(["recent", "recent, large orders", "average"], names.Take(3));
        Assert.Equal(4, names.Distinct().Count());
        Assert.Equal(["lapsed, frequent", "recent"], ClusterNames.Of([[0, .1, 2, 0], [0, -1, 0, 0]], ["lapsed, frequent", "lapsed"]));
    }

    private static int Members(Clustering clustering, List<(int Group, CustomerSummary Customer)> store, ClusterId id) =>
        store.Where(c => clustering.Of(c.Customer, Planted.Today) == id).GroupBy(c => c.Group).MaxBy(g => g.Count())!.Key;

    private static Clustering Fit(List<(int Group, CustomerSummary Customer)> store, Clustering? former = null) =>
        ClusterFit.Of([.. store.Select(c => c.Customer)], Planted.Today, former);

    private static string Text(Clustering c) =>
        $"{c with { Clusters = [], Means = [], Deviations = [] }} {Numbers(c.Means)} {Numbers(c.Deviations)} "
        + string.Join("; ", c.Clusters.Select(x => $"{x.Id} {x.Name} {x.Customers} {Numbers(x.Centroid)}"));

    private static string Numbers(ImmutableArray<double> numbers) => string.Join(' ', numbers.Select(n => n.ToString("R", null)));
}

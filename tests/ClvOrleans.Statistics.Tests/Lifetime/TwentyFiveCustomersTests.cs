using System.Globalization;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Statistics.Tests.Lifetime;

/// <summary>25 customers of CDNOW with published expectations at fixed parameters (pymc-marketing's test fixture).</summary>
public sealed class TwentyFiveCustomersTests
{
    private static readonly ParetoNbd Pareto = new(.5534, 10.5802, .6061, 11.6562);
    private static readonly BetaGeometricNbd Bg = new(.243, 4.414, .793, 2.426);
    private static readonly BetaGeometricNbd Mbg = new(.525, 6.183, .891, 1.614, 1, true);

    [Fact]
    public void Pareto_nbd_gives_the_published_expectations_and_probabilities()
    {
        foreach (var row in Rows())
        {
            Same(row["pareto_cet_1"], Pareto.ExpectedPurchases(History(row), 1));
            Same(row["pareto_cet_3"], Pareto.ExpectedPurchases(History(row), 3));
            Same(row["pareto_cet_6"], Pareto.ExpectedPurchases(History(row), 6));
            Same(row["pareto_alive"], Pareto.ProbabilityAlive(History(row)));
            Same(row["pareto_p1_t1"], Pareto.PurchaseProbabilities(History(row), 1, 9)[1]);
            Same(row["pareto_p2_t2"], Pareto.PurchaseProbabilities(History(row), 2, 9)[2]);
        }
    }

    [Fact]
    public void Bg_nbd_gives_the_published_expectations_and_probabilities()
    {
        foreach (var row in Rows())
        {
            Same(row["bg_cet_1"], Bg.ExpectedPurchases(History(row), 1));
            Same(row["bg_cet_3"], Bg.ExpectedPurchases(History(row), 3));
            Same(row["bg_cet_6"], Bg.ExpectedPurchases(History(row), 6));
            Same(row["bg_alive"], Bg.ProbabilityAlive(History(row)));
        }
    }

    [Fact]
    public void Mbg_nbd_gives_the_published_expectations_and_probabilities()
    {
        foreach (var row in Rows())
        {
            Same(row["mbg_cet_1"], Mbg.ExpectedPurchases(History(row), 1));
            Same(row["mbg_cet_3"], Mbg.ExpectedPurchases(History(row), 3));
            Same(row["mbg_cet_6"], Mbg.ExpectedPurchases(History(row), 6));
            Same(row["mbg_alive"], Mbg.ProbabilityAlive(History(row)));
        }
    }

    [Fact]
    public void Probabilities_of_counts_sum_to_one_and_average_to_the_expectation()
    {
        foreach (var model in new ILifetimeModel[] { Pareto, Bg, Mbg, new BetaGeometricNbd(.85, 8, .79, 2.42, 3, true) })
        {
            foreach (var row in Rows())
            {
                var counts = model.PurchaseProbabilities(History(row), 52, 400);
                Assert.Equal(1, counts.Sum(), 1e-6);
                var expected = model.ExpectedPurchases(History(row), 52);
                Assert.Equal(expected, counts.Select((p, n) => n * p).Sum(), 1e-5 * (1 + expected));
            }
        }
    }

    private static PurchaseHistory History(Dictionary<string, double> row) => new(row["frequency"], row["recency"], row["T"]);

    private static void Same(double expected, double actual) => Assert.Equal(expected, actual, 1e-6 * expected);

    private static List<Dictionary<string, double>> Rows()
    {
        var lines = File.ReadAllLines(SharedData.Find("fixtures/pymc_25_customers.csv"));
        var names = lines[0].Split(',');
        return
        [
            .. lines.Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')
                .Select((f, i) => (Name: names[i], Value: double.Parse(f, CultureInfo.InvariantCulture)))
                .ToDictionary(f => f.Name, f => f.Value)),
        ];
    }
}

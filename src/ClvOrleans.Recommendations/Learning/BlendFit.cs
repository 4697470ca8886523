using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Learning;

/// <summary>
/// Finds the weights of a <see cref="Blend"/> by the recall of held-out baskets: one weight after the other over a grid, until none gains.
/// </summary>
internal static class BlendFit
{
    private const int K = 10;
    private const int MostRounds = 4;
    private static readonly double[] Shares = [.02, .05, .1, .2, .35, .5, .65, .8, .9, .95, .98, .99];
    private static readonly double[] Mixes = [.3, .4, .45, .5, .55, .6, .7, .8];
    private static readonly double[] Powers = [0, .25, .5, .75, 1];
    private static readonly double[] Weights = [0, .003, .01, .03, .1, .3, 1, 3];

    private static readonly (double[] Values, Func<Blend, double, Blend> With)[] Grid =
    [
        (Shares, (b, v) => b with { Personal = v }),
        (Mixes, (b, v) => b with { Repeat = v }),
        (Powers, (b, v) => b with { Length = v }),
        (Powers, (b, v) => b with { Rate = v }),
        (Powers, (b, v) => b with { Dueness = v }),
        (Weights, (b, v) => b with { Association = v }),
        (Weights, (b, v) => b with { Popularity = v }),
    ];

    /// <summary>How many blends one round looks at.</summary>
    public static int VariantsOfRound => Grid.Sum(g => g.Values.Length);

    /// <summary>The best blend found, and how many were looked at.</summary>
    public static (Blend Blend, int Variants) Fit(IReadOnlyList<ValidationCustomer> customers)
    {
        if (customers.Count == 0)
        {
            return (Blend.Default, 0);
        }

        var (best, variants) = (Blend.Default, 1);
        var recall = RecallOf(customers, best);
        for (var round = 0; round < MostRounds; round++)
        {
            var before = recall;
            foreach (var (values, with) in Grid)
            {
                var start = best;
                foreach (var value in values)
                {
                    var blend = with(start, value);
                    var found = RecallOf(customers, blend);
                    variants++;
                    (best, recall) = found > recall ? (blend, found) : (best, recall);
                }
            }

            if (recall - before <= 0)
            {
                break;
            }
        }

        return (best, variants);
    }

    /// <summary>Mean recall of the held-out baskets; the same on any number of threads.</summary>
    public static double RecallOf(IReadOnlyList<ValidationCustomer> customers, Blend blend) =>
        Mean(customers, c => c.Recall(blend, K));

    /// <summary>The same of new products, by association alone.</summary>
    public static double AssociationRecallOf(IReadOnlyList<ValidationCustomer> customers) =>
        Mean(customers, c => c.AssociationRecall(K));

    private static double Mean(IReadOnlyList<ValidationCustomer> customers, Func<ValidationCustomer, double> of)
    {
        var values = new double[customers.Count];
        Parallel.For(0, values.Length, i => values[i] = of(customers[i]));
        return values.Length == 0 ? 0 : values.Sum() / values.Length;
    }
}

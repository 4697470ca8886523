using ClvOrleans.Recommendations.Catalogues;
using ClvOrleans.Recommendations.Learning;
using ClvOrleans.Recommendations.Metrics;
using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Backtests;

/// <summary>
/// Judges recommendations by each customer's next basket. Models are learned from the histories alone: the blend is chosen by the last
/// basket of each history, and the next basket is looked at once, at the end.
/// </summary>
public static class RecommendationBacktest
{
    private const int Length = 20;

    /// <summary>Runs it. <exception cref="ArgumentException">There is nothing to judge.</exception></summary>
    public static RecommendationBacktestResult Run(
        Catalogue catalogue, IReadOnlyList<BacktestCustomer> customers, LearningOptions? options = null, Action<string>? tell = null)
    {
        if (customers.Count == 0)
        {
            throw new ArgumentException("No customer has two baskets: there is no next basket to judge by.", nameof(customers));
        }

        var learned = RecommendationTrainer.Train(catalogue, [.. customers.Select(c => c.History)], options, tell);
        tell?.Invoke($"judging {customers.Count} customers");
        var judge = new Judge(customers);
        var (mix, repeat, explore, tifu) = (New(), New(), New(), New());
        Parallel.For(0, customers.Count, i =>
        {
            var (customer, place) = (customers[i], learned.Places[i]);
            var taste = Taste.Of(customer.History, learned.Model.Decay);
            var scores = learned.Model.Score(taste, RecentWeights.Of(customer.History), customer.Day, place);
            var isBought = new bool[scores.Length];
            Array.ForEach(taste.Products, p => isBought[p] = true);
            mix[i] = Selection.Top(scores, Length);
            repeat[i] = Selection.Top([.. scores.Select((s, p) => isBought[p] ? s : 0)], Length);
            explore[i] = Selection.Top([.. scores.Select((s, p) => isBought[p] ? 0 : s)], Length);
            tifu[i] = Selection.Top(Published(learned.Model, taste, place), Length);
        });
        var baselines = new Baselines([.. customers.Select(BasketsOf)], catalogue.Count, Length);
        return new(
            customers.Count, catalogue.Count,
            [
                .. baselines.All().Select(b => judge.Score(b.Name, b.Lists)), judge.Score("TIFU-kNN as published", tifu),
                judge.Score("repeat alone", repeat), judge.Score("explore alone", explore), judge.Score("mix", mix),
            ],
            learned);

        int[][] New() => new int[customers.Count][];
    }

    // α .7: the customer's own weights against the neighbours'.
    private static float[] Published(RecommendationModel model, Taste taste, int place)
    {
        const float Alpha = .7f;
        var scores = model.NeighboursOf(taste, place);
        for (var p = 0; p < scores.Length; p++)
        {
            scores[p] *= 1 - Alpha;
        }

        for (var i = 0; i < taste.Products.Length; i++)
        {
            scores[taste.Products[i]] += Alpha * taste.Weights[i];
        }

        return scores;
    }

    private static int[][] BasketsOf(BacktestCustomer customer) =>
        [.. Enumerable.Range(0, customer.History.Count).Select(customer.History.ProductsOf)];

    private sealed class Judge(IReadOnlyList<BacktestCustomer> customers)
    {
        private readonly IReadOnlySet<int>[] _next = [.. customers.Select(c => c.Next)];
        private readonly IReadOnlySet<int>[] _known = [.. customers.Select(c => BasketsOf(c).SelectMany(b => b).ToHashSet())];

        public BacktestRow Score(string name, int[][] lists) =>
            new(name, RankingMetrics.Score(lists, _next, _known, 10), RankingMetrics.Score(lists, _next, _known, Length));
    }
}

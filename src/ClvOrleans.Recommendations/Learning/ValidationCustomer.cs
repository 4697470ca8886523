using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Learning;

/// <summary>A customer whose last basket is held out, with every product that some blend could recommend.</summary>
/// <param name="Baskets">Baskets before it.</param>
/// <param name="Next">How many products the held-out basket has.</param>
/// <param name="Candidates">The products, in order of number.</param>
internal sealed record ValidationCustomer(int Baskets, int Next, Candidate[] Candidates)
{
    private const int OfEachPart = 40;

    /// <summary>Computes the parts once, so that blends are compared in no time.</summary>
    public static ValidationCustomer Of(
        RecommendationModel model, BasketSequence before, IReadOnlySet<int> next, int day, int self)
    {
        var taste = Taste.Of(before, model.Decay);
        var (neighbours, associations) = (model.NeighboursOf(taste, self), model.AssociationsOf(RecentWeights.Of(before)));
        var bought = taste.Products.Select((p, i) => (p, i)).ToDictionary(e => e.p, e => e.i);
        var products = bought.Keys.Concat(TopNew(neighbours)).Concat(TopNew(associations)).Concat(TopNew(model.Popularity.AsSpan()));
        return new(before.Count, next.Count, [.. products.Distinct().Order().Select(Part)]);

        Candidate Part(int p)
        {
            var i = bought.GetValueOrDefault(p, -1);
            var repeat = model.Repeats[p];
            var due = i < 0 ? 0 : (float)repeat.DuenessAt(day, taste.Purchases[i], taste.First[i], taste.Last[i]);
            return new(
                next.Contains(p), i >= 0, i < 0 ? 0 : taste.Weights[i], repeat.Rate, due, neighbours[p], associations[p],
                model.Popularity[p]);
        }

        int[] TopNew(ReadOnlySpan<float> values)
        {
            var news = values.ToArray();
            foreach (var p in taste.Products)
            {
                news[p] = 0;
            }

            return Selection.Top(news, OfEachPart);
        }
    }

    /// <summary>Share of the held-out basket among the first k products by a blend.</summary>
    public double Recall(Blend blend, int k) => Recall(k, c => c.IsBought
        ? blend.OfBought(c.Weight, Baskets, c.Rate, c.Dueness, c.Neighbours)
        : blend.OfNew(c.Neighbours, c.Association, c.Popularity));

    /// <summary>Share of the held-out basket among the first k new products by association alone.</summary>
    public double AssociationRecall(int k) => Recall(k, c => c.IsBought ? 0 : c.Association);

    private double Recall(int k, Func<Candidate, float> score)
    {
        var scores = new float[Candidates.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = score(Candidates[i]);
        }

        return Selection.Top(scores, k).Count(i => Candidates[i].IsNext) / (double)Next;
    }
}

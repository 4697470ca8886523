using System.Collections.Immutable;
using ClvOrleans.Recommendations.Catalogues;
using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Learning;

/// <summary>
/// Learns a <see cref="RecommendationModel"/> from the baskets of a store. The last basket of each customer is held out first: kinds of
/// associations and the blend are chosen by it; then the model is learned from all baskets. The same baskets give the same bytes.
/// </summary>
public static class RecommendationTrainer
{
    /// <summary>Learns.</summary>
    /// <param name="catalogue">The products.</param>
    /// <param name="customers">Their customers, those that last bought at the end.</param>
    /// <param name="options">How.</param>
    /// <param name="tell">Told what is being done.</param>
    public static LearnedRecommendations Train(
        Catalogue catalogue, IReadOnlyList<BasketSequence> customers, LearningOptions? options = null, Action<string>? tell = null)
    {
        options ??= new();
        var held = Enumerable.Range(0, customers.Count).Where(c => customers[c].Count >= 2).ToList();
        var past = customers.Select(c => c.Count >= 2 ? c.Take(c.Count - 1) : c).ToList();
        var shown = Sampled(held, options.MostValidation);
        var kinds = options.Ridges.Select(r => (Kind: AssociationKind.Ease, Setting: r))
            .Concat(options.Corrections.Select(c => (Kind: AssociationKind.ItemNeighbours, Setting: c))).ToList();
        var scores = ImmutableArray.CreateBuilder<AssociationScore>();
        List<ValidationCustomer> best = [];
        var chosen = (Kind: AssociationKind.ItemNeighbours, Setting: .5);
        if (shown.Count > 0 && catalogue.Count > 0)
        {
            var (parts, bought) = (Parts(catalogue, past, options), Bought(past));
            foreach (var kind in kinds)
            {
                tell?.Invoke($"associations by {kind.Kind} {kind.Setting}, validated on {shown.Count} customers");
                var model = Model(parts, Associate(bought, catalogue.Count, kind, options), kind.Kind, Blend.Default);
                var validation = Validate(model, customers, past, shown, parts.Places);
                var recall = BlendFit.AssociationRecallOf(validation);
                (best, chosen) = scores.All(s => s.Recall < recall) ? (validation, kind) : (best, chosen);
                scores.Add(new(kind.Kind, kind.Setting, recall));
            }
        }

        var (blend, variants) = BlendFit.Fit(best);
        tell?.Invoke($"{chosen.Kind} {chosen.Setting}, {blend}; learning from all baskets");
        var all = Parts(catalogue, customers, options);
        return new(
            Model(all, Associate(Bought(customers), catalogue.Count, chosen, options), chosen.Kind, blend), best.Count,
            best.Count == 0 ? 0 : BlendFit.RecallOf(best, blend), scores.ToImmutable(), variants + scores.Count, all.Places);
    }

    private static (RecommendationModel Model, ImmutableArray<int> Places) Parts(
        Catalogue catalogue, IReadOnlyList<BasketSequence> customers, LearningOptions options)
    {
        var kept = Math.Max(0, customers.Count - CustomerNeighbours.Most);
        var tastes = customers.Skip(kept).Select(c => Taste.Of(c, options.Decay)).ToList();
        var weights = SparseRows.Of([.. tastes.Select(t => t.Products.Zip(t.Weights))]);
        var model = new RecommendationModel
        {
            Catalogue = catalogue,
            Popularity = PopularityOf(customers, catalogue.Count),
            Repeats = RepeatFit.Fit(customers, catalogue.Count),
            Decay = options.Decay,
            Customers = new(weights, catalogue.Count),
            Associations = SparseRows.Of([.. Enumerable.Repeat(Enumerable.Empty<(int, float)>(), catalogue.Count)]),
            AssociationKind = AssociationKind.ItemNeighbours,
            Blend = Blend.Default,
        };
        return (model, [.. Enumerable.Range(0, customers.Count).Select(c => c < kept ? -1 : c - kept)]);
    }

    private static RecommendationModel Model(
        (RecommendationModel Model, ImmutableArray<int> Places) parts, SparseRows associations, AssociationKind kind, Blend blend) => new()
        {
            Catalogue = parts.Model.Catalogue,
            Popularity = parts.Model.Popularity,
            Repeats = parts.Model.Repeats,
            Decay = parts.Model.Decay,
            Customers = parts.Model.Customers,
            Associations = associations,
            AssociationKind = kind,
            Blend = blend,
        };

    private static SparseRows Associate(
        int[][] bought, int products, (AssociationKind Kind, double Setting) kind, LearningOptions options) =>
        kind.Kind == AssociationKind.Ease
            ? EaseFit.Fit(bought, products, kind.Setting, options.Associations)
            : ItemNeighboursFit.Fit(bought, products, kind.Setting, options.Associations);

    private static int[][] Bought(IReadOnlyList<BasketSequence> customers) =>
        [.. customers.Select(c => Enumerable.Range(0, c.Count).SelectMany(c.ProductsOf).Distinct().ToArray())];

    private static List<ValidationCustomer> Validate(
        RecommendationModel model, IReadOnlyList<BasketSequence> customers, List<BasketSequence> past, List<int> shown,
        ImmutableArray<int> places)
    {
        var validation = new ValidationCustomer[shown.Count];
        Parallel.For(0, validation.Length, i =>
        {
            var (all, before) = (customers[shown[i]], past[shown[i]]);
            var next = all.ProductsOf(before.Count).ToHashSet();
            validation[i] = ValidationCustomer.Of(model, before, next, all.DayOf(before.Count), places[shown[i]]);
        });
        return [.. validation];
    }

    // Evenly over all, so that no random number is needed.
    private static List<int> Sampled(List<int> all, int most) => all.Count <= most
        ? all
        : [.. Enumerable.Range(0, most).Select(i => all[(int)((long)i * all.Count / most)])];

    private static ImmutableArray<float> PopularityOf(IReadOnlyList<BasketSequence> customers, int products)
    {
        var counts = new int[products];
        foreach (var customer in customers)
        {
            for (var b = 0; b < customer.Count; b++)
            {
                foreach (var product in customer.ProductsOf(b))
                {
                    counts[product]++;
                }
            }
        }

        var baskets = Math.Max(1, customers.Sum(c => (long)c.Count));
        return [.. counts.Select(c => c / (float)baskets)];
    }
}

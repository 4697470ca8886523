using System.Collections.Immutable;
using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Ranking;

/// <summary>Finds the reasons of an answer: the part of the score that weighs most, and how prices acted.</summary>
internal sealed class Reasons(
    RecommendationModel model, RecommendationRequest request, Taste taste, Dictionary<int, float> recent, float[] neighbours,
    float ownPriceLevel)
{
    private const double Due = .6;
    private const float Dearer = .1f;

    /// <summary>Why a product.</summary>
    public ImmutableArray<Reason> Of(int product)
    {
        var bought = Array.BinarySearch(taste.Products, product);
        var main = bought >= 0 ? OfBought(bought) : OfNew(product);
        return [main, .. OfPrice(product)];
    }

    private Reason OfBought(int i)
    {
        var (repeat, day) = (model.Repeats[taste.Products[i]], request.Day.DayNumber);
        var (times, ago) = (taste.Purchases[i], Math.Max(0, day - taste.Last[i]));
        return times > 1 && repeat.DuenessAt(day, times, taste.First[i], taste.Last[i]) >= Due
            ? new(ReasonKind.Due, null, times, ago, (int)Math.Round(repeat.GapOf(times, taste.First[i], taste.Last[i])))
            : new(ReasonKind.BoughtBefore, null, times, ago);
    }

    private Reason OfNew(int product)
    {
        var (with, association) = GoesWith(product);
        var popular = model.Blend.Popularity * model.Popularity[product];
        if (taste.Products.Length == 0)
        {
            return with >= 0 ? new(ReasonKind.GoesWith, model.Catalogue.Products[with].Id) : new(ReasonKind.Popular);
        }

        var alike = neighbours[product];
        return with >= 0 && model.Blend.Association * association >= Math.Max(alike, popular)
            ? new(ReasonKind.GoesWith, model.Catalogue.Products[with].Id)
            : new(alike > popular ? ReasonKind.BoughtByAlike : ReasonKind.Popular);
    }

    // The recent product that speaks most for another, and how much all do.
    private (int Product, float Association) GoesWith(int product)
    {
        var (best, most, sum) = (-1, 0f, 0f);
        foreach (var (with, weight) in recent.OrderBy(r => r.Key))
        {
            var place = model.Associations.ColumnsOf(with).BinarySearch(product);
            var value = place < 0 ? 0 : weight * model.Associations.ValuesOf(with)[place];
            sum += value;
            (best, most) = value > most ? (with, value) : (best, most);
        }

        return (best, sum);
    }

    private IEnumerable<Reason> OfPrice(int product)
    {
        if (request.Appeal == PriceAppeal.Premium && model.Catalogue.PriceLevelOf(product) > ownPriceLevel + Dearer)
        {
            yield return new(ReasonKind.Premium);
        }

        if (request.Shelf.IsPromoted(product))
        {
            yield return new(ReasonKind.Promoted);
        }
    }
}

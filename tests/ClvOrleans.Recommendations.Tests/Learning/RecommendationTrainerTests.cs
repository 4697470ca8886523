using ClvOrleans.Recommendations.Catalogues;
using ClvOrleans.Recommendations.Learning;
using ClvOrleans.Recommendations.Models;
using ClvOrleans.Recommendations.Tests.Models;

namespace ClvOrleans.Recommendations.Tests.Learning;

public sealed class RecommendationTrainerTests
{
    [Fact]
    public void What_is_chosen_is_the_best_that_was_looked_at()
    {
        var learned = RecommendationTrainer.Train(Shops.Catalogue(60), Shops.Customers(300, 60));
        Assert.Equal(300, learned.ValidationCustomers);
        Assert.Equal(learned.Associations.MaxBy(a => a.Recall)!.Kind, learned.Model.AssociationKind);
        Assert.True(learned.Variants > BlendFit.VariantsOfRound);
        Assert.InRange(learned.ValidationRecall, .05, 1);
    }

    [Fact]
    public void A_store_without_products_and_one_without_customers_have_a_model()
    {
        var none = RecommendationTrainer.Train(Catalogue.Empty, []).Model;
        Assert.Empty(none.Score(Taste.None, [], 0));
        var nobody = RecommendationTrainer.Train(Shops.Catalogue(3), []).Model;
        Assert.Equal(Blend.Default, nobody.Blend);
        Assert.Equal([0, 0, 0], nobody.Score(Taste.None, [], 0));
    }

    [Fact]
    public void Customers_who_bought_once_are_learned_from_but_not_validated_on()
    {
        var learned = RecommendationTrainer.Train(Shops.Catalogue(2), [new([3], [[0]]), new([4], [[0, 1]])]);
        Assert.Equal(0, learned.ValidationCustomers);
        Assert.Equal([1f, .5f], learned.Model.Popularity);
    }

    [Fact]
    public void The_neighbours_are_the_nearest_by_distance_without_oneself()
    {
        var customers = Shops.Customers(700, 50);
        var learned = RecommendationTrainer.Train(Shops.Catalogue(50), customers, new LearningOptions { Ridges = [] });
        var (model, tastes) = (learned.Model, customers.Select(c => Dense(Taste.Of(c, learned.Model.Decay))).ToArray());
        var nearest = Enumerable.Range(0, 700).Where(c => c != 9)
            .OrderBy(c => tastes[c].Zip(tastes[9], (a, b) => (double)(a - b) * (a - b)).Sum()).Take(RecommendationModel.Neighbours);
        var mean = new float[50];
        foreach (var customer in nearest)
        {
            mean = [.. mean.Zip(tastes[customer], (m, w) => m + (w / RecommendationModel.Neighbours))];
        }

        var found = model.NeighboursOf(Taste.Of(customers[9], model.Decay), learned.Places[9]);
        Assert.All(found.Zip(mean), pair => Assert.Equal(pair.Second, pair.First, 1e-4));

        float[] Dense(Taste taste)
        {
            var dense = new float[50];
            for (var i = 0; i < taste.Products.Length; i++)
            {
                dense[taste.Products[i]] = taste.Weights[i];
            }

            return dense;
        }
    }
}

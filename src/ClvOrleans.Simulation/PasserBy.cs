using System.Text.Json.Nodes;

namespace ClvOrleans.Simulation;

/// <summary>Someone who looks in and never buys: about one for every two customers.</summary>
internal static class PasserBy
{
    /// <summary>Their visit, which starts within a time; half of the numbers are nobody.</summary>
    public static IEnumerable<SimulatedEvent> Visit(int number, DateTimeOffset from, DateTimeOffset to, int seed)
    {
        var random = Chance.Of(seed, number, "passer-by");
        if (random.Happens(.5))
        {
            return [];
        }

        var messages = 0;
        var session = new Session(random.AnonymousId(), null, () => $"sim-{seed}-v{number:00000}-{++messages}");
        session.Page("Home", "/", People.Campaign(random, null));
        for (var more = random.Next(0, 4); more > 0; more--)
        {
            var product = random.OneOf(random.OneOf(Catalogue.Categories));
            session.Track(
                "Product Viewed",
                new JsonObject { ["product_id"] = product.Id, ["category"] = product.Category, ["price"] = product.Price });
        }

        var start = from + ((to - from) * random.NextDouble());
        return session.Spread(start, start.AddMinutes(random.Between(.2, 8)));
    }
}

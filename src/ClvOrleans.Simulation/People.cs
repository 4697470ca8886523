using System.Text.Json.Nodes;

namespace ClvOrleans.Simulation;

/// <summary>Names and ways of the simulated store's people.</summary>
internal static class People
{
    public static readonly string[] Channels = ["whatsapp", "email", "facebook", "link"];

    private static readonly string[] FirstNames =
        ["Ada", "Ben", "Clara", "Dilan", "Elif", "Femi", "Greta", "Hugo", "Ines", "Jonas", "Kaya", "Lena", "Mateo", "Nora", "Omar",
            "Priya"];

    private static readonly string[] LastNames =
        ["Andersen", "Becker", "Costa", "Demir", "Eriksen", "Fischer", "Garcia", "Haddad", "Ivanov", "Jansen", "Kaur", "Lopez", "Meyer",
            "Novak"];

    private static readonly (string Country, string City)[] Places =
        [("DE", "Berlin"), ("DE", "Hamburg"), ("NL", "Utrecht"), ("ES", "Sevilla"), ("FR", "Lyon"), ("DK", "Aarhus"), ("AT", "Graz")];

    private static readonly (string Source, string Medium)[] Sources =
        [("google", "cpc"), ("newsletter", "email"), ("instagram", "social"), ("partner", "referral")];

    /// <summary>What a customer says of themselves: decided by their number alone.</summary>
    public static JsonObject Traits(int number, string userId)
    {
        var (country, city) = Places[number % Places.Length];
        return new JsonObject
        {
            ["name"] = $"{FirstNames[number % FirstNames.Length]} {LastNames[number % LastNames.Length]}",
            ["email"] = $"{userId}@example.com",
            ["country"] = country,
            ["city"] = city,
        };
    }

    /// <summary>What a customer's client says of their consent to marketing, which three of four have given.</summary>
    public static JsonObject Consent(int seed, int number) => new()
    {
        ["consent"] = new JsonObject
        {
            ["categoryPreferences"] = new JsonObject { ["marketing"] = Chance.Of(seed, number, "consent").Happens(.75) },
        },
    };

    /// <summary>The campaign that brought someone; null for half of them.</summary>
    public static JsonObject? Campaign(Random random, string? promotion)
    {
        if (random.Happens(.5))
        {
            return null;
        }

        var (source, medium) = random.OneOf(Sources);
        return new JsonObject
        {
            ["campaign"] = new JsonObject { ["source"] = source, ["medium"] = medium, ["name"] = promotion ?? "brand" },
        };
    }
}

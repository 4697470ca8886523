using System.Collections.Immutable;
using System.Text.Json;

namespace ClvOrleans.Server.Api;

/// <summary>Ids whose pseudonyms are asked for.</summary>
/// <param name="Ids">Ids of people. Default none.</param>
/// <param name="Orders">Ids of orders. Default none.</param>
internal sealed record PseudonymBody(ImmutableArray<string> Ids, ImmutableArray<string> Orders)
{
    public const int Most = 10_000;

    /// <exception cref="JsonException">The body is not JSON.</exception>
    /// <exception cref="FormatException">A member is missing, unknown or wrong: the message names it.</exception>
    public static PseudonymBody Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("""The body must be an object such as {"ids":["anna@example.com"],"orders":["1001"]}.""");
        }

        var (ids, orders) = (ImmutableArray<string>.Empty, ImmutableArray<string>.Empty);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            (ids, orders) = member.Name switch
            {
                "ids" => (TextsOf(member), orders),
                "orders" => (ids, TextsOf(member)),
                _ => throw JsonBody.NotTaken(member.Name, "ids and orders"),
            };
        }

        return ids.Length + orders.Length is > 0 and <= Most
            ? new PseudonymBody(ids, orders)
            : throw new FormatException($"1 to {Most:#,##0} ids were expected in ids and orders.");
    }

    private static ImmutableArray<string> TextsOf(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.Array
        && member.Value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(e.GetString()))
            ? [.. member.Value.EnumerateArray().Select(e => e.GetString()!)]
            : throw new FormatException($"{member.Name} must be an array of ids, each a text that is not blank.");
}

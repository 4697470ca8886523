using System.Collections.Immutable;
using System.Text.Json;

namespace ClvOrleans.Server.Api;

/// <summary>Customers who join and leave a list.</summary>
/// <param name="Add">User ids of those who join. Default none.</param>
/// <param name="Remove">User ids of those who leave. Default none.</param>
internal sealed record ListBody(ImmutableArray<string> Add, ImmutableArray<string> Remove)
{
    public const int Most = 1_000;

    /// <exception cref="JsonException">The body is not JSON.</exception>
    /// <exception cref="FormatException">A member is missing, unknown or wrong: the message names it.</exception>
    public static ListBody Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("""The body must be an object such as {"add":["anna"],"remove":["bob"]}.""");
        }

        var (add, remove) = (ImmutableArray<string>.Empty, ImmutableArray<string>.Empty);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            (add, remove) = member.Name switch
            {
                "add" => (IdsOf(member), remove),
                "remove" => (add, IdsOf(member)),
                _ => throw JsonBody.NotTaken(member.Name, "add and remove"),
            };
        }

        return add.Length + remove.Length is > 0 and <= Most
            ? new ListBody(add, remove)
            : throw new FormatException($"1 to {Most:#,##0} ids were expected in add and remove.");
    }

    private static ImmutableArray<string> IdsOf(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.Array && member.Value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String)
            ? [.. member.Value.EnumerateArray().Select(e => e.GetString()!)]
            : throw new FormatException($"{member.Name} must be an array of user ids.");
}

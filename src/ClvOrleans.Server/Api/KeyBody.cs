using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Access;

namespace ClvOrleans.Server.Api;

/// <summary>What a key is to be.</summary>
/// <param name="Name">What it is for, 1 to 100 characters; of a key with scope write the source of its events.</param>
/// <param name="Scope">write, read, act or admin.</param>
/// <param name="Store">The store that it is for. Default that of the key that asks, else all stores.</param>
/// <param name="ExpiresInDays">After how many days it ends, 1 to 3,650. Default never.</param>
internal sealed record KeyBody(string Name, Scope Scope, StoreId? Store, int? ExpiresInDays)
{
    private const int LongestName = 100;
    private const int MostDays = 3_650;
    private static readonly string[] Fields = ["name", "scope", "store", "expiresInDays"];

    /// <summary>Reads a body. <exception cref="FormatException">It is wrong; the message names the field.</exception></summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static KeyBody Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.Parse(body);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("An object with name and scope was expected.");
        }

        if (root.EnumerateObject().FirstOrDefault(p => !Fields.Contains(p.Name))
            is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw new FormatException($"{unknown.Name} is unknown; there are {string.Join(", ", Fields)}.");
        }

        return new KeyBody(NameOf(Text(root, "name")), ScopeOf(Text(root, "scope")), StoreOf(Text(root, "store")), DaysOf(root));
    }

    private static string? Text(JsonElement root, string field) =>
        !root.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new FormatException($"{field} is not text.");

    private static string NameOf(string? text) =>
        text is { Length: > 0 and <= LongestName } && !text.Any(char.IsControl)
            ? text
            : throw new FormatException($"name must have 1 to {LongestName} characters, such as reports.");

    private static Scope ScopeOf(string? text) => text switch
    {
        "write" => Scope.Write,
        "read" => Scope.Read,
        "act" => Scope.Act,
        "admin" => Scope.Admin,
        _ => throw new FormatException("scope must be write, read, act or admin."),
    };

    private static StoreId? StoreOf(string? text)
    {
        try
        {
            return text is null ? null : new StoreId(text);
        }
        catch (FormatException e)
        {
            throw new FormatException($"store: {e.Message}", e);
        }
    }

    private static int? DaysOf(JsonElement root) =>
        !root.TryGetProperty("expiresInDays", out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var days) && days is >= 1 and <= MostDays ? days
        : throw new FormatException($"expiresInDays must be 1 to {MostDays:n0}, such as 90.");
}

using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Grains.Privacy;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Server.Api;

/// <summary>Reads a request to erase or suppress people, in either form of Segment's regulations.</summary>
internal static class RegulationBody
{
    private static readonly (string Public, string Config, ErasureKind Kind)[] Kinds =
    [
        ("DELETE_ONLY", "Delete", ErasureKind.DeleteOnly),
        ("SUPPRESS_WITH_DELETE", "Suppress_With_Delete", ErasureKind.SuppressWithDelete),
        ("SUPPRESS_ONLY", "Suppress", ErasureKind.SuppressOnly),
        ("UNSUPPRESS", "Unsuppress", ErasureKind.Unsuppress),
    ];

    /// <exception cref="JsonException">The body is not JSON.</exception>
    /// <exception cref="FormatException">A member is missing or wrong: the message names it.</exception>
    public static ErasureRequest Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.Parse(body);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("An object was expected, such as {\"regulationType\": \"SUPPRESS_WITH_DELETE\", "
                + "\"subjectType\": \"USER_ID\", \"subjectIds\": [\"17\"]}.");
        }

        return root.TryGetProperty("regulation_type", out var type) ? ReadConfig(root, type) : ReadPublic(root);
    }

    /// <summary>The name of a kind in the public API.</summary>
    public static string NameOf(ErasureKind kind) => Array.Find(Kinds, k => k.Kind == kind).Public;

    private static ErasureRequest ReadPublic(JsonElement root)
    {
        var kind = KindOf("regulationType", root.TryGetProperty("regulationType", out var type) ? type : default, k => k.Public);
        var subject = root.TryGetProperty("subjectType", out var s) && s.ValueKind == JsonValueKind.String ? s.GetString() : null;
        return subject == "USER_ID"
            ? new ErasureRequest(kind, Ids("subjectIds", root.TryGetProperty("subjectIds", out var ids) ? ids : default))
            : throw new FormatException($"subjectType '{subject}' is not USER_ID.");
    }

    private static ErasureRequest ReadConfig(JsonElement root, JsonElement type)
    {
        var kind = KindOf("regulation_type", type, k => k.Config);
        var attributes = root.TryGetProperty("attributes", out var a) && a.ValueKind == JsonValueKind.Object ? a : default;
        var name = attributes.ValueKind == JsonValueKind.Object && attributes.TryGetProperty("name", out var n)
            && n.ValueKind == JsonValueKind.String ? n.GetString() : null;
        return name == "userId"
            ? new ErasureRequest(kind, Ids("attributes.values", attributes.TryGetProperty("values", out var ids) ? ids : default))
            : throw new FormatException($"attributes.name '{name}' is not userId.");
    }

    private static ErasureKind KindOf(string member, JsonElement value, Func<(string Public, string Config, ErasureKind Kind), string> name)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        var at = Array.FindIndex(Kinds, k => string.Equals(name(k), text, StringComparison.OrdinalIgnoreCase));
        return at >= 0 ? Kinds[at].Kind : throw new FormatException($"{member} '{text}' is not {string.Join(", ", Kinds.Select(name))}.");
    }

    private static ImmutableArray<string> Ids(string member, JsonElement values)
    {
        if (values.ValueKind != JsonValueKind.Array || values.GetArrayLength() is 0 or > ErasureRequest.Most)
        {
            throw new FormatException($"{member} is not an array of 1 to {ErasureRequest.Most} ids.");
        }

        var ids = ImmutableArray.CreateBuilder<string>(values.GetArrayLength());
        foreach (var (value, i) in values.EnumerateArray().Select((v, i) => (v, i)))
        {
            var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            var id = IdRules.Read(text, IdKind.Customer, $"{member}[{i}]", out var flaw);
            ids.Add(flaw is { } refused ? throw new FormatException(refused.Message)
                : id ?? throw new FormatException($"{member}[{i}] is missing or no text."));
        }

        return [.. ids.Distinct(StringComparer.Ordinal)];
    }
}

using System.Text.Json;

namespace ClvOrleans.Server.Api;

/// <summary>A definition of an own segment.</summary>
/// <param name="Rule">The rule, such as <c>predictedValue &gt; 200 and pAlive &lt; 0.4</c>.</param>
/// <param name="Description">What it is, for people. Default empty.</param>
internal sealed record SegmentBody(string Rule, string Description)
{
    /// <exception cref="JsonException">The body is not JSON.</exception>
    /// <exception cref="FormatException">A member is missing, unknown or wrong: the message names it.</exception>
    public static SegmentBody Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("""The body must be an object such as {"rule":"orders > 1","description":"Who came back"}.""");
        }

        var (rule, description) = ((string?)null, "");
        foreach (var member in document.RootElement.EnumerateObject())
        {
            switch (member.Name)
            {
                case "rule":
                    rule = TextOf(member);
                    break;
                case "description":
                    description = TextOf(member);
                    break;
                default:
                    throw JsonBody.NotTaken(member.Name, "rule and description");
            }
        }

        return new SegmentBody(rule ?? throw new FormatException("rule is missing."), description);
    }

    private static string TextOf(JsonProperty member) => member.Value.ValueKind == JsonValueKind.String
        ? member.Value.GetString()!
        : throw new FormatException($"{member.Name} must be a text.");
}

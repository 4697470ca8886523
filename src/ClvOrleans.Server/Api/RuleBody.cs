using System.Text.Json;

namespace ClvOrleans.Server.Api;

/// <summary>A rule to be previewed.</summary>
/// <param name="Rule">The rule, such as <c>predictedValue &gt; 200 and pAlive &lt; 0.4</c>.</param>
/// <param name="Sample">How many of the customers to list, 0 to 1,000. Default 20.</param>
internal sealed record RuleBody(string Rule, int Sample)
{
    /// <exception cref="JsonException">The body is not JSON.</exception>
    /// <exception cref="FormatException">A member is missing, unknown or wrong: the message names it.</exception>
    public static RuleBody Read(ReadOnlyMemory<byte> body, int defaultSample, int mostSample)
    {
        using var document = JsonBody.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("""The body must be an object such as {"rule":"orders > 1"}.""");
        }

        var (rule, sample) = ((string?)null, defaultSample);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            switch (member.Name)
            {
                case "rule":
                    rule = member.Value.ValueKind == JsonValueKind.String
                        ? member.Value.GetString()
                        : throw new FormatException("rule must be a text.");
                    break;
                case "sample":
                    sample = member.Value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var count)
                        && count >= 0 && count <= mostSample
                        ? count
                        : throw new FormatException($"sample must be a whole number from 0 to {mostSample}.");
                    break;
                default:
                    throw JsonBody.NotTaken(member.Name, "rule and sample");
            }
        }

        return new RuleBody(rule ?? throw new FormatException("rule is missing."), sample);
    }
}

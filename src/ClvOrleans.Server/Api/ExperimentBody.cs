using System.Text.Json;
using System.Text.Json.Serialization;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Server.Api;

/// <summary>Reads bodies about experiments; an error names the member.</summary>
internal static class ExperimentBody
{
    private const int MostProblems = 5;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    /// <summary>Reads a definition and checks it.</summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    /// <exception cref="FormatException">A member is missing, unknown or wrong.</exception>
    public static Experiment ReadDefinition(ReadOnlyMemory<byte> body)
    {
        var experiment = Read<Experiment>(body);
        var mistakes = experiment.Arms.IsDefault || experiment.Hypothesis is null
            ? ["hypothesis and arms must not be null."]
            : ExperimentCheck.Find(experiment);
        return mistakes.Count == 0 ? experiment : throw new FormatException(string.Join(' ', mistakes.Take(MostProblems)));
    }

    /// <summary>Reads who asks for an arm.</summary>
    /// <inheritdoc cref="ReadDefinition" path="/exception" />
    public static AssignmentBody ReadAssignment(ReadOnlyMemory<byte> body)
    {
        var asked = Read<AssignmentBody>(body);
        return (asked.Customer is null) != (asked.Visitor is null) && (asked.Customer ?? asked.Visitor) is { Length: > 0 and <= 255 }
            ? asked
            : throw new FormatException("customer or visitor: one of them must be given, with an id of 1 to 255 characters.");
    }

    /// <summary>Reads new shares.</summary>
    /// <inheritdoc cref="ReadDefinition" path="/exception" />
    public static IReadOnlyList<ArmShare> ReadSplit(ReadOnlyMemory<byte> body) =>
        Read<SplitBody>(body).Arms ?? throw new FormatException("arms is missing.");

    private static T Read<T>(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("The body must be an object.");
        }

        try
        {
            return document.RootElement.Deserialize<T>(Json)!;
        }
        catch (JsonException e)
        {
            throw new FormatException(Describe(e), e);
        }
    }

    private static string Describe(JsonException e)
    {
        var place = e.Path is { Length: > 2 } path ? path[2..] : "The body";
        var choice = place.EndsWith("metric", StringComparison.Ordinal) || place == "primary"
                ? Names<Metric>() + "; an opened message is no outcome"
            : place == "stopRule" ? Names<Reading>()
            : place == "unit" ? Names<ExperimentUnit>() : null;
        return choice is not null
            ? $"{place}: there are {choice}."
            : e.Message.Contains("missing required", StringComparison.Ordinal)
                || e.Message.Contains("could not be mapped", StringComparison.Ordinal)
                ? $"{place}: {e.Message.Split(" Path:")[0]}"
                : $"{place}: the value has the wrong type.";
    }

    private static string Names<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>());
}

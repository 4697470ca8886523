using System.Globalization;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Policies.Definitions;

/// <summary>An object of a definition: reads its members, and writes down every mistake with its place.</summary>
internal sealed class DefinitionObject(JsonElement element, string path, List<PolicyMistake> mistakes)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public List<PolicyMistake> Mistakes => mistakes;

    public static DefinitionObject? Of(JsonElement element, string path, List<PolicyMistake> mistakes)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return new DefinitionObject(element, path, mistakes);
        }

        mistakes.Add(new PolicyMistake(path, $"An object in braces was expected, not {Named(element)}."));
        return null;
    }

    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    public void Add(string name, string message) => mistakes.Add(new PolicyMistake(name.Length == 0 ? path : PathOf(name), message));

    /// <summary>A member; null where it is left out, or said to be null.</summary>
    public JsonElement? Find(string name)
    {
        _known.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    public JsonElement? Need(string name, string what)
    {
        var found = Find(name);
        if (found is null)
        {
            Add(name, $"It is missing: {what}");
        }

        return found;
    }

    public string? Text(string name, int longest)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.Length <= longest)
        {
            return text;
        }

        Add(name, value.ValueKind == JsonValueKind.String
            ? $"A text of 1 to {longest} characters was expected."
            : $"A text in quotes was expected, not {Named(value)}.");
        return null;
    }

    public bool? Flag(string name)
    {
        switch (Find(name))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.True }:
                return true;
            case { ValueKind: JsonValueKind.False }:
                return false;
            case { } other:
                Add(name, $"true or false was expected, not {Named(other)}.");
                return null;
        }
    }

    public double? Number(string name, double least, double most)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Add(name, string.Create(CultureInfo.InvariantCulture, $"A number from {least} to {most} was expected, not {Named(value)}."));
        return null;
    }

    public int? Whole(string name, int least, int most)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Add(name, string.Create(CultureInfo.InvariantCulture, $"A whole number from {least} to {most} was expected, not {Named(value)}."));
        return null;
    }

    public Money? Amount(string name, Currency currency)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var major) && major >= 0
            && currency.TryRound(major, out var money)
            && currency.ToMajor(money) == major)
        {
            return money;
        }

        Add(name, string.Create(
            CultureInfo.InvariantCulture,
            $"An amount of {currency.Code} from 0 to {Currency.GreatestOrder} with at most {currency.Decimals} decimals was expected, "
                + $"not {Named(value)}."));
        return null;
    }

    public DateTimeOffset? Instant(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Contains('T', StringComparison.Ordinal)
            && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return instant.ToUniversalTime();
        }

        Add(name, $"An instant such as 2026-12-01T08:00:00Z was expected, not {Named(value)}.");
        return null;
    }

    public DefinitionObject? Object(string name) => Find(name) is { } value ? Of(value, PathOf(name), mistakes) : null;

    /// <summary>The members of a list that are objects.</summary>
    public IEnumerable<DefinitionObject> List(string name)
    {
        if (Find(name) is not { } value)
        {
            yield break;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Add(name, $"A list in brackets was expected, not {Named(value)}.");
            yield break;
        }

        var i = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (Of(item, string.Create(CultureInfo.InvariantCulture, $"{PathOf(name)}[{i++}]"), mistakes) is { } one)
            {
                yield return one;
            }
        }
    }

    /// <summary>A rule that the store's schema can read.</summary>
    public string? Rule(string name, RuleSchema<CustomerFacts> rules)
    {
        if (Text(name, 4_096) is not { } text)
        {
            return null;
        }

        try
        {
            rules.Parse(text);
            return text;
        }
        catch (Valuation.Rules.Syntax.RuleException e)
        {
            Add(name, string.Create(CultureInfo.InvariantCulture, $"line {e.Line}, column {e.Column}: {e.Message}"));
            return null;
        }
    }

    /// <summary>Which of some members is there, if it is exactly one.</summary>
    public string? OneOf(params ReadOnlySpan<string> names)
    {
        string? found = null;
        foreach (var name in names)
        {
            if (Find(name) is null)
            {
                continue;
            }

            if (found is not null)
            {
                Add(name, $"It cannot be beside {found}: choose one of them.");
                return null;
            }

            found = name;
        }

        if (found is null)
        {
            Add("", $"One of {string.Join(", ", names!)} was expected.");
        }

        return found;
    }

    /// <summary>Whatever was not asked for is a mistake.</summary>
    public void End()
    {
        foreach (var member in element.EnumerateObject().Where(m => !_known.Contains(m.Name)))
        {
            Add(member.Name, Nearest(member.Name, _known) is { } near
                ? $"There is no such field. Did you mean {near}?"
                : $"There is no such field. There are {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
        }
    }

    internal static string? Nearest(string name, IEnumerable<string> names) => names
        .Select(n => (Name: n, Distance: EditDistance.Of(name.ToUpperInvariant(), n.ToUpperInvariant())))
        .Where(n => n.Distance <= Math.Max(1, name.Length / 3))
        .OrderBy(n => n.Distance).ThenBy(n => n.Name, StringComparer.Ordinal)
        .Select(n => n.Name)
        .FirstOrDefault();

    internal static string Named(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"'{Cut(value.GetString()!)}'",
        _ => Cut(value.GetRawText()),
    };

    private static string Cut(string text) => text.Length <= 60 ? text : $"{text[..57]}...";
}

using System.Collections.Immutable;
using ClvOrleans.Valuation.Rules.Syntax;

namespace ClvOrleans.Valuation.Rules;

/// <summary>Finds what a rule names, or says what it may have meant.</summary>
internal sealed class RuleNames<T>(string text, RuleSchema<T> schema)
{
    /// <summary>The function of every schema that reads a number from a text.</summary>
    public const string NumberFunction = "number";

    private readonly SortedDictionary<string, RuleField<T>> _used = new(StringComparer.Ordinal);
    private readonly List<TimePath> _paths = [];

    /// <summary>The fields found, by name.</summary>
    public ImmutableArray<RuleField<T>> Used => [.. _used.Values];

    /// <summary>How often something was named that changes as days pass.</summary>
    public int Moving => _paths.Count;

    /// <summary>
    /// How what was named since then changes together: two things that move may approach each other and part again.
    /// </summary>
    public TimePath PathSince(int moving) => (_paths.Count - moving) switch
    {
        0 => TimePath.Still,
        1 => _paths[moving],
        _ => TimePath.Any,
    };

    /// <summary>Says that what was named since then may go both ways where it is used.</summary>
    public void Bend(int moving)
    {
        for (var i = moving; i < _paths.Count; i++)
        {
            _paths[i] = TimePath.Any;
        }
    }

    public RuleExpression<T> FieldOf(FieldSyntax node)
    {
        if (schema.FindField(node.Name) is { } field)
        {
            Name(field.Path);
            return (_used[field.Name] = field).Expression;
        }

        var hint = schema.FindFunction(node.Name) is not null
            ? $"Write {node.Name}('...')."
            : Nearest(node.Name, schema.Fields.Select(f => f.Name)) is { } near
                ? $"Did you mean {near}?"
                : $"A text is written in quotes: '{node.Name}'.";
        throw Error(node.At, $"There is no field {node.Name}. {hint}");
    }

    public RuleExpression<T> CallOf(CallSyntax node)
    {
        if (schema.FindFunction(node.Name) is not { } function)
        {
            var names = schema.Functions.Select(f => f.Name).Append(NumberFunction).ToList();
            var hint = Nearest(node.Name, names) is { } near ? $"Did you mean {near}?" : $"There are {string.Join(", ", names)}.";
            throw Error(node.At, $"There is no function {node.Name}. {hint}");
        }

        if (node.Argument is not TextSyntax argument)
        {
            throw Error(node.Argument.At, $"{node.Name}(...) takes a text in quotes, such as {node.Name}('...').");
        }

        try
        {
            Name(function.Path);
            return function.Bind(argument.Value);
        }
        catch (FormatException e) when (e is not RuleException)
        {
            throw Error(argument.At, e.Message);
        }
    }

    private void Name(TimePath path)
    {
        if (path != TimePath.Still)
        {
            _paths.Add(path);
        }
    }

    private static string? Nearest(string name, IEnumerable<string> names) => names
        .Select(n => (Name: n, Distance: EditDistance.Of(name.ToUpperInvariant(), n.ToUpperInvariant())))
        .Where(n => n.Distance <= Math.Max(1, name.Length / 3))
        .OrderBy(n => n.Distance)
        .Select(n => n.Name)
        .FirstOrDefault();

    private RuleException Error(int at, string message) => new(message, text, at);
}

using System.Collections.Immutable;
using ClvOrleans.Valuation.Rules.Syntax;

namespace ClvOrleans.Valuation.Rules;

/// <summary>Finds what a rule names, or says what it may have meant.</summary>
internal sealed class RuleNames<T>(string text, RuleSchema<T> schema)
{
    /// <summary>The function of every schema that reads a number from a text.</summary>
    public const string NumberFunction = "number";

    private readonly SortedDictionary<string, RuleField<T>> _used = new(StringComparer.Ordinal);

    /// <summary>The fields found, by name.</summary>
    public ImmutableArray<RuleField<T>> Used => [.. _used.Values];

    public RuleExpression<T> FieldOf(FieldSyntax node)
    {
        if (schema.FindField(node.Name) is { } field)
        {
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
            return function.Bind(argument.Value);
        }
        catch (FormatException e) when (e is not RuleException)
        {
            throw Error(argument.At, e.Message);
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

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace ClvOrleans.Cli.Commands;

/// <summary>What is wrong with a command line, and which help shows how it is written.</summary>
internal static partial class UsageText
{
    /// <summary>The mistakes of a command line, one a line.</summary>
    public static string Of(ParseResult parsed)
    {
        var arguments = parsed.CommandResult.Command.Arguments;
        var missing = arguments.FirstOrDefault(
            a => (parsed.GetResult(a)?.Tokens.Count ?? 0) < a.Arity.MinimumNumberOfValues);
        var told = parsed.Errors.Select(e => missing is not null && e.SymbolResult is CommandResult or ArgumentResult
                && e.Message.StartsWith("Required argument", StringComparison.Ordinal)
                ? $"{PathOf(parsed)} needs {string.Join(' ', arguments.Select(a => a.Name))}; {missing.Name} is missing."
                : Mistyped().Replace(e.Message, "$2: '$1' is not a whole number."));
        return string.Join(Environment.NewLine, told.Distinct());
    }

    /// <summary>Such as clv segments own.</summary>
    public static string PathOf(ParseResult parsed)
    {
        List<string> names = [];
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: var command }; at = at.Parent)
        {
            names.Insert(0, command is RootCommand ? "clv" : command.Name);
        }

        return string.Join(' ', names);
    }

    [GeneratedRegex(@"^Cannot parse argument '(.*)' for option '(--[a-z-]+)' as expected type 'System\.Int(?:32|64)'\.$")]
    private static partial Regex Mistyped();
}

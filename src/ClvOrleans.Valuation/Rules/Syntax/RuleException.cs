namespace ClvOrleans.Valuation.Rules.Syntax;

/// <summary>A rule that cannot be used: the message says what is wrong and what to write, <see cref="Column"/> where.</summary>
/// <param name="message">What is wrong, in a sentence.</param>
/// <param name="text">The rule as written.</param>
/// <param name="at">Where in it, from 0.</param>
public sealed class RuleException(string message, string text, int at) : FormatException(message)
{
    private const int Around = 60;

    /// <summary>The line, from 1.</summary>
    public int Line { get; } = text.AsSpan(0, at).Count('\n') + 1;

    /// <summary>The column within the line, in UTF-16 units, from 1.</summary>
    public int Column { get; } = at - (text.LastIndexOf('\n', Math.Max(0, at - 1), Math.Max(0, at)) + 1) + 1;

    /// <summary>The line around the place, and below it a caret under the place.</summary>
    public string Excerpt
    {
        get
        {
            var line = text.Split('\n')[Line - 1].TrimEnd('\r').Replace('\t', ' ');
            var from = Math.Max(0, Column - 1 - Around);
            var part = line[from..Math.Min(line.Length, from + (2 * Around))];
            return $"{part}\n{new string(' ', Column - 1 - from)}^";
        }
    }
}

using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Architecture.Tests;

/// <summary>Ids of log messages, which alerts of operators rest on.</summary>
public sealed partial class LogMessageTests
{
    private static readonly LoggerMessageAttribute[] Messages =
    [
        .. References.Assemblies.Values.SelectMany(a => a.GetTypes())
            .SelectMany(t => t.GetMethods(
                BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(m => m.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>(),
    ];

    [Fact]
    public void Every_message_has_an_id_of_its_own()
    {
        Assert.NotEmpty(Messages);
        Assert.DoesNotContain(Messages, m => m.EventId <= 0);
        Assert.Empty(Messages.GroupBy(m => m.EventId).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public void Operators_find_every_message_with_its_level() => Assert.Equal(
        Messages.Select(m => (m.EventId, LevelOf(m))).Order(),
        Documented().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md")))
            .Select(m => (int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), m.Groups[2].Value)));

    // No message goes round the ids: none is written by LogWarning and its like.
    [Fact]
    public void No_message_is_written_without_an_id() =>
        Assert.DoesNotContain(Repository.Sources(), f => Unnamed().IsMatch(File.ReadAllText(f)));

    private static string LevelOf(LoggerMessageAttribute message) => message.Level == LogLevel.Error ? "fail" : "warn";

    [GeneratedRegex(@"^\| (\d{4}) \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Documented();

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(")]
    private static partial Regex Unnamed();
}

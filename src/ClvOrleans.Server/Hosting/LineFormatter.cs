using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// A message of the log is one line: UTC time, level, who says it, the id of the message, what. An exception follows on lines of its own,
/// indented, so that <c>grep</c> finds messages and people find stacks.
/// </summary>
internal sealed class LineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    private const string Indent = "    ";
    private const int MostMessage = 1_000;
    private const int MostStack = 16_000;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, null);
        textWriter.Write(time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        textWriter.Write($" {Short(logEntry.LogLevel)} {logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..]}");
        textWriter.Write(logEntry.EventId.Id == 0 ? ": " : string.Create(CultureInfo.InvariantCulture, $"[{logEntry.EventId.Id}]: "));
        textWriter.WriteLine(OneLine(message.Length > MostMessage ? message[..MostMessage] + "…" : message));
        if (logEntry.Exception is { } error)
        {
            var stack = error.ToString();
            foreach (var line in (stack.Length > MostStack ? stack[..MostStack] : stack).Split('\n'))
            {
                textWriter.WriteLine(Indent + line.TrimEnd('\r'));
            }
        }
    }

    // Ids of clients may hold line ends; a line of the log must not be what they make of it.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static string Short(LogLevel level) => level switch
    {
        LogLevel.Critical => "crit",
        LogLevel.Error => "fail",
        LogLevel.Warning => "warn",
        LogLevel.Information => "info",
        _ => "debug",
    };
}

using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ClvOrleans.Cli.Commands;

/// <summary>The two streams: answers, and what is said meanwhile. Redirected, they are plain and as wide as they need.</summary>
internal static class Terminal
{
    private const int WidthOfFiles = 160;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static IAnsiConsole Output { get; } = Create(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>Text without control characters: ids are whatever a client sent, and a terminal would obey them.</summary>
    public static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));

    /// <summary>A table, or a sentence where it has no rows.</summary>
    public static void List(Table table, string none)
    {
        if (table.Rows.Count == 0)
        {
            Console.WriteLine(none);
            return;
        }

        Output.Write(table);
    }

    /// <summary>What has no form of its own, as indented JSON.</summary>
    public static void Json(JsonElement answer) => Console.WriteLine(JsonSerializer.Serialize(answer, Indented));

    /// <summary>A card with a title.</summary>
    public static void Show(IRenderable card, string title) => Output.Write(new Panel(card)
        .Header(Markup.Escape($" {Plain(title)} "))
        .Border(Output.Profile.Capabilities.Unicode ? BoxBorder.Rounded : BoxBorder.Ascii));

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }
}

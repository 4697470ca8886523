using Spectre.Console;

namespace ClvOrleans.Server.Commands;

/// <summary>The two streams: answers, and what is said meanwhile. Redirected, they are plain and as wide as they need.</summary>
internal static class Terminal
{
    private const int WidthOfFiles = 160;

    public static IAnsiConsole Output { get; } = Create(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

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

using System.Text;
using ClvOrleans.Cli;

namespace ClvOrleans.Tests;

/// <summary>What one command in the process of the tests writes: commands that run side by side share the console.</summary>
internal sealed class CapturedConsole
{
    private static readonly AsyncLocal<CapturedConsole?> Current = new();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource<string> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    static CapturedConsole()
    {
        Console.SetOut(new Writer(console => console._output, Console.Out));
        Console.SetError(new Writer(console => console._error, Console.Error));
    }

    public string Output => Text(_output);

    public string Error => Text(_error);

    /// <summary>The first line of the output, once it is whole.</summary>
    public Task<string> FirstLine => _firstLine.Task;

    /// <summary>Runs a command.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="cancellation">Ends it as SIGINT does.</param>
    public Task<int> RunAsync(string[] arguments, CancellationToken cancellation) => Task.Run(
        () =>
        {
            Current.Value = this;
            return CommandLine.RunAsync(arguments, cancellation);
        },
        CancellationToken.None);

    private static string Text(StringBuilder written)
    {
        lock (written)
        {
            return written.ToString();
        }
    }

    private void Append(StringBuilder to, ReadOnlySpan<char> text)
    {
        lock (to)
        {
            to.Append(text);
            if (to == _output && !_firstLine.Task.IsCompleted && text.Contains('\n'))
            {
                _firstLine.TrySetResult(to.ToString().Split('\n')[0]);
            }
        }
    }

    // Writes to the command that runs in this flow, and to the real console where there is none.
    private sealed class Writer(Func<CapturedConsole, StringBuilder> of, TextWriter real) : TextWriter
    {
        public override Encoding Encoding => real.Encoding;

        public override void Write(char value) => Write([value]);

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void WriteLine(string? value) => Write(value + NewLine);

        public override void Write(ReadOnlySpan<char> buffer)
        {
            if (Current.Value is { } console)
            {
                console.Append(of(console), buffer);
            }
            else
            {
                real.Write(buffer);
            }
        }
    }
}

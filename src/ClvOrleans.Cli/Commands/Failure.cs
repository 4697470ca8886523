using System.Net.Sockets;

namespace ClvOrleans.Cli.Commands;

/// <summary>What a failed command says: one sentence, not the framework's words and no stack, unless <c>CLV_TRACE</c> is set.</summary>
internal static class Failure
{
    private const string Variable = "CLV_TRACE";

    public static string Describe(Exception error)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 })
        {
            return error.ToString();
        }

        return error switch
        {
            CommandException or InvalidOperationException => error.Message,
            HttpRequestException { InnerException: SocketException socket } => $"The service does not answer: {Sentence(socket.Message)}",
            HttpRequestException or HttpIOException => "The connection to the service was lost.",
            FileNotFoundException { FileName: { } file } => $"There is no file {file}.",
            DirectoryNotFoundException or IOException => Sentence(error.Message),
            UnauthorizedAccessException => Sentence(error.Message),
            _ => $"The command failed: {Sentence(error.Message)} Set {Variable}=1 to see where.",
        };
    }

    private static string Sentence(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.EndsWith('.') ? line : line + ".";
    }
}

using System.CommandLine;
using System.Globalization;

namespace ClvOrleans.Cli.Commands;

/// <summary>A file that the service takes in whole.</summary>
internal static class SentFile
{
    /// <summary>Sends it, and says how much of it was taken in.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="file">Its argument for the file.</param>
    /// <param name="send">Sends the content.</param>
    /// <param name="count">The field of the answer that says how many.</param>
    /// <param name="word">What is counted, in the singular.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CommandException">There is no such file.</exception>
    public static async Task<int> SendAsync(
        ParseResult parsed, Argument<FileInfo> file, Func<HttpClient, HttpContent, Task<HttpResponseMessage>> send, string count,
        string word, CancellationToken cancellation)
    {
        if (parsed.GetValue(file) is not { Exists: true } found)
        {
            throw new CommandException($"There is no file {parsed.GetValue(file)}.");
        }

        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(found.FullName, cancellation));
        return await Service.ShowAsync(
            parsed,
            http => send(http, content),
            reply =>
            {
                var taken = reply.GetProperty(count).GetInt32();
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{taken:N0} {word}{(taken == 1 ? " was" : "s were")} taken in."));
            },
            cancellation);
    }
}

using System.Text.Json;
using ClvOrleans.Domain;

namespace ClvOrleans.Server.Api;

/// <summary>Reads the JSON of <c>/api</c> bodies. What passes has no text that a reader could stumble over.</summary>
internal static class JsonBody
{
    private const int MostDepth = 64;
    private static readonly JsonReaderOptions Options = new() { MaxDepth = MostDepth };

    /// <summary>Parses a body; the caller disposes the document.</summary>
    /// <exception cref="FormatException">It is not JSON, or a text within it is not valid Unicode: the message names the place.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            if (BrokenText.Find(body.Span, Options) is { } place)
            {
                throw new FormatException($"{(place.Length == 0 ? "The body" : place)} is not valid Unicode.");
            }

            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MostDepth });
        }
        catch (JsonException e)
        {
            throw new JsonException(
                $"The body is not JSON, or deeper than {MostDepth} levels; the error is in line {e.LineNumber + 1}, byte "
                    + $"{e.BytePositionInLine + 1}.", e);
        }
    }

    /// <summary>The refusal of a member that a body does not take.</summary>
    /// <param name="member">Its name.</param>
    /// <param name="taken">The members that it takes, as a sentence names them.</param>
    public static FormatException NotTaken(string member, string taken) =>
        new($"{member} is not a member of this body; it takes {taken}.");
}

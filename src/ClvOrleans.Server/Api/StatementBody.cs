using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Intake.Files;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Api;

/// <summary>A body that states many things, as JSON or as a table, of which all are kept or none.</summary>
/// <typeparam name="T">What is stated.</typeparam>
/// <param name="What">Its name in the plural.</param>
/// <param name="Code">The code of an answer that refuses it.</param>
/// <param name="OfJson">Reads JSON.</param>
/// <param name="OfTable">Reads a table.</param>
internal sealed record StatementBody<T>(
    string What, string Code, Func<JsonElement, HistoryContext, ImmutableArray<T>> OfJson,
    Func<TextLines, HistoryContext, IEnumerable<T>> OfTable)
{
    private const int Most = 100_000;

    /// <summary>Keeps what a request states, or says what is wrong with it.</summary>
    public async Task<IResult> KeepAsync(
        HttpRequest request, BodyReader bodies, OneStore store, DateTimeOffset now, Func<ImmutableArray<T>, Task<object>> keep,
        CancellationToken cancellation)
    {
        using var body = await bodies.ReadAsync(request, cancellation);
        try
        {
            var context = new HistoryContext { Store = store.Settings, Source = ConsentEndpoints.Source, Now = now };
            var read = Read(body.Bytes, context);
            return read.Length > Most
                ? Refused(Code, $"{read.Length:#,##0} {What} are more than {Most:#,##0}; send them in parts.")
                : Results.Ok(await keep(read));
        }
        catch (JsonException e)
        {
            return Refused("invalid_json", e.Message);
        }
        catch (RefusedException e)
        {
            return Refused(e.Code, e.Message);
        }
        catch (Exception e) when (e is FormatException or HistoryFormatException)
        {
            return Refused(Code, e.Message);
        }
    }

    private static IResult Refused(string code, string message) => ApiErrors.Problem(StatusCodes.Status400BadRequest, code, message);

    private ImmutableArray<T> Read(ReadOnlyMemory<byte> body, HistoryContext context)
    {
        if (body.Span.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] or [])
        {
            using var document = JsonBody.Parse(body);
            return OfJson(document.RootElement, context);
        }

        using var file = HistoryFile.Read(new MemoryStream(body.ToArray()), body.Length);
        return [.. OfTable(file.Lines, context)];
    }
}

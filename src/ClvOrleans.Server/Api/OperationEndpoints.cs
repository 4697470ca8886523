using System.Text;
using System.Text.Json;
using ClvOrleans.Model.Intake;
using ClvOrleans.Model.Journal;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Server.Intake;

namespace ClvOrleans.Server.Api;

/// <summary>Refused events and health.</summary>
internal static class OperationEndpoints
{
    public static void MapOperations(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Ok());
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapGet("/api/dead-letters", async (string? code, long? after, int? limit, OneStore store, IDeadLetters letters) => new
        {
            Open = await letters.CountAsync(store.Settings.Id),
            Letters = (await letters.ListAsync(store.Settings.Id, code, after ?? 0, Math.Clamp(limit ?? 100, 1, 1_000))).Select(l => new
            {
                l.Id,
                l.Source,
                l.ReceivedAt,
                l.MessageId,
                l.Code,
                l.Message,
                Event = Encoding.UTF8.GetString(l.Payload.Span),
                l.ReplayedAt,
            }),
        });
        app.MapPost("/api/dead-letters/{id:long}/replay", ReplayAsync);
    }

    private static async Task<IResult> ReplayAsync(
        long id, OneStore store, IDeadLetters letters, Tracking tracking, TimeProvider time, CancellationToken cancellation)
    {
        var letter = (await letters.ListAsync(store.Settings.Id, null, id - 1, 1, cancellation)).FirstOrDefault(l => l.Id == id);
        if (letter is null)
        {
            return ApiErrors.Problem(404, "unknown_letter", $"There is no dead letter {id}.");
        }

        using var document = JsonDocument.Parse(letter.Payload, new JsonDocumentOptions { MaxDepth = 1_000 });
        var batch = new ReceivedBatch(null, default, default, [document.RootElement], null);
        var verdict = await tracking.AcceptAsync(batch, letter.Source, cancellation, keepRefused: false);
        if (verdict.Quarantined.Count == 0)
        {
            await letters.MarkReplayedAsync(store.Settings.Id, id, time.GetUtcNow(), cancellation);
        }

        return Results.Ok(verdict);
    }
}

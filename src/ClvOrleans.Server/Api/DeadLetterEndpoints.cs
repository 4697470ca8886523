using System.Globalization;
using System.Text;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Intake;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.DeadLetters;

namespace ClvOrleans.Server.Api;

/// <summary>Refused events: to see, to mend and send again, to throw away.</summary>
internal static class DeadLetterEndpoints
{
    private const int MostLetters = 1_000;

    public static void MapDeadLetters(this WebApplication app)
    {
        var letters = app.MapGroup("/api/v1/dead-letters").WithTags("Dead letters").AddEndpointFilter(KnownParameters.Texts);
        letters.MapGet("", ListAsync).WithSummary("Lists refused events, oldest first; filters: code, source, since, open=true.")
            .Produces<DeadLetterPage>().ProducesProblem(400);
        letters.MapGet("{id:long}", async (long id, OneStore store, IDeadLetters kept) =>
                await kept.FindAsync(store.Settings.Id, id) is { } letter ? Results.Ok(ViewOf(letter)) : Unknown(id))
            .WithSummary("Shows a refused event.").Produces<DeadLetterView>().ProducesProblem(404);
        letters.MapDelete("", DiscardManyAsync)
            .WithSummary("Discards refused events for good, replayed ones included, and forgets those that were only counted; by code, "
                + "source or since, open=true.")
            .Produces<DiscardReply>().ProducesProblem(400);
        letters.MapDelete("{id:long}", DiscardAsync).WithSummary("Discards a refused event for good.").Produces(204).ProducesProblem(404);
        letters.MapPost("{id:long}/replay", ReplayOneAsync)
            .WithSummary("Processes a refused event again, unchanged or as corrected in the body. It keeps its original time.")
            .Produces<TrackingReply>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        letters.MapPost("replay", ReplayManyAsync)
            .WithSummary("Processes up to 1,000 open dead letters again; filters: code, source, since.")
            .Produces<ReplayReply>().ProducesProblem(400);
    }

    private static async Task<IResult> ListAsync(
        string? code, string? source, string? since, bool? open, string? cursor, int? limit, OneStore store, IDeadLetters kept)
    {
        if (!TryRead(since, cursor, out var from, out var after, out var problem))
        {
            return problem!;
        }

        var most = Math.Clamp(limit ?? 100, 1, MostLetters);
        var letters = await kept.ListAsync(store.Settings.Id, new DeadLetterQuery(code, source, from, open ?? false), after, most);
        return Results.Ok(new DeadLetterPage(
            await kept.CountAsync(store.Settings.Id), [.. letters.Select(ViewOf)], letters.Count == most ? Cursor(letters) : null));
    }

    private static async Task<IResult> DiscardAsync(long id, OneStore store, IDeadLetters kept)
    {
        if (await kept.FindAsync(store.Settings.Id, id) is null)
        {
            return Unknown(id);
        }

        await kept.DiscardAsync(store.Settings.Id, id);
        return Results.NoContent();
    }

    private static async Task<IResult> DiscardManyAsync(
        string? code, string? source, string? since, bool? open, OneStore store, IDeadLetters kept, CancellationToken cancellation)
    {
        if (!TryRead(since, null, out var from, out _, out var problem))
        {
            return problem!;
        }

        if ((code, source, from) == (null, null, null))
        {
            return ApiErrors.Problem(400, "missing_filter", "Say which refused events to discard: by code, source or since.");
        }

        return Results.Ok(new DiscardReply(
            await kept.DiscardAsync(store.Settings.Id, new DeadLetterQuery(code, source, from, open ?? false), cancellation)));
    }

    private static async Task<IResult> ReplayOneAsync(
        long id, HttpRequest request, BodyReader bodies, OneStore store, IDeadLetters kept, LetterReplay replay,
        CancellationToken cancellation)
    {
        if (await kept.FindAsync(store.Settings.Id, id, cancellation) is not { } letter)
        {
            return Unknown(id);
        }

        using var corrected = await bodies.ReadAsync(request, cancellation);
        try
        {
            return Results.Ok(await replay.RunAsync(letter, corrected.Bytes));
        }
        catch (UnreadableBodyException e)
        {
            return corrected.Bytes.IsEmpty
                ? ApiErrors.Problem(422, "incomplete_letter", "This event was not stored in full: it was too large, or the store has "
                    + "pseudonyms. Send the complete, corrected event as the request body.")
                : ApiErrors.Problem(400, e.Code, e.Message);
        }
    }

    private static async Task<IResult> ReplayManyAsync(
        string? code, string? source, string? since, string? cursor, OneStore store, IDeadLetters kept, LetterReplay replay)
    {
        if (!TryRead(since, cursor, out var from, out var after, out var problem))
        {
            return problem!;
        }

        var letters = await kept.ListAsync(store.Settings.Id, new DeadLetterQuery(code, source, from, OpenOnly: true), after, MostLetters);
        var accepted = await Task.WhenAll(letters.Select(async letter =>
        {
            try
            {
                return LetterReplay.IsAccepted(await replay.RunAsync(letter, default));
            }
            catch (UnreadableBodyException)
            {
                return false;
            }
        }));
        var count = accepted.Count(a => a);
        return Results.Ok(new ReplayReply(count, accepted.Length - count, letters.Count == MostLetters ? Cursor(letters) : null));
    }

    private static bool TryRead(string? since, string? cursor, out DateTimeOffset? from, out long after, out IResult? problem)
    {
        (from, after, problem) = (null, 0, null);
        if (since is not null)
        {
            if (!DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                problem = ApiErrors.Problem(400, "invalid_since", "since must be an ISO 8601 time, such as 2026-01-31T00:00:00Z.");
                return false;
            }

            from = time;
        }

        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            problem = ApiErrors.Problem(400, "invalid_cursor", "cursor does not belong to this list.");
            return false;
        }

        return true;
    }

    private static string Cursor(IReadOnlyList<DeadLetter> page) => page[^1].Id.ToString(CultureInfo.InvariantCulture);

    private static IResult Unknown(long id) => ApiErrors.Problem(404, "unknown_letter", $"There is no dead letter {id}.");

    private static DeadLetterView ViewOf(DeadLetter l) =>
        new(l.Id, l.Source, l.ReceivedAt, l.MessageId, l.Code, l.Message, Encoding.UTF8.GetString(l.Payload.Span), l.ReplayedAt);
}

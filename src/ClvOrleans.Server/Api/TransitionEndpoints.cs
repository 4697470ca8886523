using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Watches;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Server.Api;

/// <summary>Who entered and left segments, and why.</summary>
internal static class TransitionEndpoints
{
    public static void MapTransitions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/transitions", ListAsync).Answers<TransitionPage>(400).WithTags("Own segments")
            .WithSummary("Who entered and left own segments, the newest first, each with its cause")
            .WithDescription(
                "Each change is told once: with the event, the day, the model or the definition that caused it. They are kept for the "
                    + "days that Watches__KeepDays says.");
        api.MapGet("/transitions/today", CountAsync).Answers<TransitionTally[]>(400).WithTags("Own segments")
            .WithSummary("How many entered and left each own segment today, by the store's day");
    }

    private static async Task<IResult> CountAsync(
        OneStore store, ITransitions transitions, TimeProvider time, CancellationToken cancellation)
    {
        var settings = store.Settings;
        var midnight = settings.DayOf(time.GetUtcNow()).ToDateTime(TimeOnly.MinValue);
        var since = new DateTimeOffset(midnight, settings.TimeZone.GetUtcOffset(midnight));
        var counts = await transitions.CountAsync(settings.Id, since, cancellation);
        return Results.Ok(counts.Where(c => c.Subject.Kind == WatchKind.Segment).GroupBy(c => c.Subject.Id, (segment, all) =>
        {
            var kinds = all.ToLookup(c => c.Kind, c => c.Transitions);
            return new TransitionTally(segment, kinds[TransitionKind.Entered].Sum(), kinds[TransitionKind.Left].Sum());
        }));
    }

    private static async Task<IResult> ListAsync(
        [Description("Only of this own segment. Default all.")]
        string? segment,
        [Description("Only of the customer of this user id. Default all.")]
        string? customer,
        [Description("next of the page before, of the same segment and customer."), StringLength(Cursor.Longest)]
        string? cursor,
        [Description("Transitions on a page, 1 to 1,000. Default 50."), Range(1, 1_000)]
        int? limit,
        OneStore store, IGrainFactory grains, ITransitions transitions)
    {
        var settings = store.Settings;
        var size = QueryText.Count("limit", limit, 50, 1, 1_000);
        WatchSubject? subject = segment is null ? null
            : SegmentId.IsValid(segment) ? WatchSubject.Of(new SegmentId(segment))
            : throw new QueryException("segment", $"'{segment}' cannot name a segment");
        var found = customer is null ? null : await CustomerEndpoints.FindAsync(customer, null, settings, grains);
        if (customer is not null && found is null)
        {
            return CustomerEndpoints.Unknown(new PathId(customer));
        }

        var page = await transitions.QueryAsync(
            new TransitionQuery(settings.Id, size + 1, subject, found?.Id, TransitionCursor.Read(cursor, settings.Shards)));
        return Results.Ok(new TransitionPage(
            settings.Currency.Code,
            [.. page.Take(size).Select(t => TransitionReply.Of(t, settings.Currency))],
            page.Count > size ? TransitionCursor.Of(page[size - 1], settings.Shards) : null));
    }
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Sources;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Storage.Sources;

namespace ClvOrleans.Server.Api;

/// <summary>Whether it has arrived, and what became of it.</summary>
internal static class SourceEndpoints
{
    private const int Samples = 3;
    private const int MostRequests = 1_000;

    public static void MapSources(this IEndpointRouteBuilder api)
    {
        api.MapGet("/sources", ListAsync).Answers<SourceList>(400).WithTags("Sources").WithSummary("What sends, and what became of it")
            .WithDescription(
                "Counts of all time and of all processes; those of other processes may be some seconds old. "
                + "Dead letters that are replayed do not count again.");
        api.MapGet("/privacy-requests", RequestsAsync).Answers<PrivacyRequestList>(400).WithTags("Sources")
            .WithSummary("Requests for data and for erasure that wait")
            .WithDescription(
                "What shops pass on of their customers' requests. The service keeps them, and does not fulfil them: that is for people, "
                + "by the day that is due.");
    }

    private static async Task<IResult> ListAsync(OneStore store, SourceLedger ledger, IDeadLetters letters, CancellationToken cancellation)
    {
        var counts = (await ledger.ReadAsync(cancellation)).ToLookup(c => c.Source, StringComparer.Ordinal);
        var views = new List<SourceView>();
        foreach (var name in store.Sources.Keys.Union(counts.Select(c => c.Key)).Order(StringComparer.Ordinal))
        {
            var open = new DeadLetterQuery(Source: name, OpenOnly: true);
            var kept = await letters.ListAsync(store.Settings.Id, open, 0, Samples, cancellation);
            views.Add(ViewOf(name, store.KindOf(name), [.. counts[name]], kept));
        }

        return Results.Ok(new SourceList(views));
    }

    private static SourceView ViewOf(string name, SourceKind? kind, IReadOnlyList<SourceCount> counts, IReadOnlyList<DeadLetter> letters)
    {
        return new SourceView(
            name, kind, kind is SourceKind.Shopify or SourceKind.WooCommerce ? $"/webhooks/{name}" : null,
            counts.Count == 0 ? null : counts.Max(c => c.LastAt), Sum(SourceOutcome.Accepted), Sum(SourceOutcome.Duplicate),
            Reasons(SourceOutcome.Refused), Sum(SourceOutcome.Failed), Reasons(SourceOutcome.Noted),
            [.. letters.Select(l => new RefusalSample(l.Id, l.ReceivedAt, l.Code, l.Message))]);

        long Sum(SourceOutcome outcome) => counts.Where(c => c.Outcome == outcome).Sum(c => c.Events);
        ReasonCount[] Reasons(SourceOutcome outcome) =>
            [.. counts.Where(c => c.Outcome == outcome).Select(c => new ReasonCount(c.Code, c.Events, c.LastAt))];
    }

    private static async Task<IResult> RequestsAsync(
        [Description("Where to go on: the answer's next."), StringLength(Cursor.Longest)] string? cursor,
        [Description("Requests per page, 1 to 1,000; default 100.")] int? limit,
        OneStore store, IPrivacyRequests requests, CancellationToken cancellation)
    {
        var after = 0L;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            throw new QueryException("cursor", "it does not belong to this list");
        }

        var most = QueryText.Count("limit", limit, 100, 1, MostRequests);
        var page = await requests.ListAsync(store.Settings.Id, after, most, cancellation);
        return Results.Ok(new PrivacyRequestList(
            [
                .. page.Select(r => new PrivacyRequestView(
                    r.Id, r.Kind, r.Source, r.Customer, r.ReceivedAt, r.DueAt, Encoding.UTF8.GetString(r.Payload.Span), r.DoneAt)),
            ],
            page.Count == most ? page[^1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }
}

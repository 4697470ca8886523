using System.ComponentModel;
using System.Globalization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Server.Access;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Audit;

namespace ClvOrleans.Server.Api;

/// <summary>Who did what.</summary>
internal static class AuditEndpoints
{
    private const int MostEntries = 1_000;

    public static void MapAudit(this IEndpointRouteBuilder api) =>
        api.MapGet("/audit", ListAsync).Answers<AuditPage>(400).WithTags("Keys").WithSummary("Who read, changed, exported and erased what")
            .WithDescription(
                "The latest first. The same request of the same caller within a second is one entry. Customers are pseudonyms, which "
                + "outlive their erasure.");

    private static async Task<IResult> ListAsync(
        [Description("Only those of a key or a session, by its id.")] string? caller,
        [Description("Only Read, Change, Export or Erase.")] string? action,
        [Description("Only those about a customer, by user id.")] string? customer,
        [Description("Only those since a day or a time, such as 2026-06-15.")] string? since,
        [Description("Where to go on: the answer's next.")] string? cursor,
        [Description("Entries per page, 1 to 1,000. Default 100.")] int? limit,
        OneStore store, IAuditLog log, AuditLedger ledger, CancellationToken cancellation)
    {
        var before = long.MaxValue;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            throw new QueryException("cursor", "it does not belong to this list");
        }

        await ledger.TryFlushAsync(cancellation);
        var most = QueryText.Count("limit", limit, 100, 1, MostEntries);
        var about = customer is null ? null : store.Settings.KeptId(customer);
        var query = new AuditQuery(store.Settings.Id, caller, ActionOf(action), about, TimeOf(since));
        var page = await log.ListAsync(query, before, most, cancellation);
        return Results.Ok(new AuditPage(
            [.. page.Select(AuditReply.Of)], page.Count == most ? page[^1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static AuditAction? ActionOf(string? text) => text is null ? null
        : Enum.TryParse<AuditAction>(text, ignoreCase: true, out var action) && Enum.IsDefined(action) ? action
        : throw new QueryException("action", "it is not Read, Change, Export or Erase");

    private static DateTimeOffset? TimeOf(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at
        : throw new QueryException("since", "it is not a day or a time such as 2026-06-15");
}

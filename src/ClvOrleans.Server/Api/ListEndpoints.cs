using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Names;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Rules;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Api;

/// <summary>Lists of customers that people or other systems keep. Each change is an event of the customer.</summary>
internal static class ListEndpoints
{
    public static void MapLists(this IEndpointRouteBuilder api)
    {
        api.MapGet("/lists", FindAsync).Answers<ListReply[]>(400, 409).WithTags("Lists").WithSummary("The lists, and how many are on each");
        api.MapPost("/lists/{list}/customers", ChangeAsync).Accepts<ListBody>("application/json", "*/*").Answers<ListChangeReply>(400, 413)
            .WithTags("Lists").WithSummary("Put customers on a list, or take them off")
            .WithDescription(
                $"Up to {ListBody.Most:#,##0} user ids at once; of somebody in both, the removal counts. The list needs no definition: a "
                    + "segment of it has the rule 'NAME' in lists. Each change is recorded as an event of now.");
    }

    private static async Task<IResult> FindAsync(ListSizes sizes, OneStore store, CancellationToken cancellation) =>
        await sizes.FindAsync(cancellation) is { } lists
            ? Results.Ok(lists.Select(l => ListReply.Of(l.Key, l.Value, store.Settings)))
            : ApiErrors.Problem(StatusCodes.Status409Conflict, "count_runs", "The lists are being counted; ask again when that has ended.");

    private static async Task<IResult> ChangeAsync(
        string list, HttpRequest request, BodyReader bodies, OneStore store, EventRouter router, TimeProvider time)
    {
        using var body = await bodies.ReadAsync(request, request.HttpContext.RequestAborted);
        ListBody asked;
        try
        {
            asked = ListBody.Read(body.Bytes);
            list = SegmentId.IsValid(list) ? list : throw new FormatException(
                $"List '{list}': a name begins with a letter of a-z and goes on with up to {ShortName.MaxLength - 1} of a-z, 0-9 and '-'.");
        }
        catch (JsonException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_json", e.Message);
        }
        catch (FormatException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_list", e.Message);
        }

        var at = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var (events, ids, refused) = (new List<RoutedEvent>(), new List<string>(), new List<ListRefusal>());
        foreach (var (id, kind) in asked.Add.Select(a => (a, EventKind.ListJoined))
            .Concat(asked.Remove.Select(r => (r, EventKind.ListLeft))))
        {
            var user = IdRules.Read(id, IdKind.Customer, "The customer's id", out var refusal);
            if ((refusal ?? (user is null ? IdRules.Missing(IdKind.Customer, "The customer's id") : null)) is { } flaw)
            {
                refused.Add(new ListRefusal(id, flaw.Code, flaw.Message));
                continue;
            }

            ids.Add(id);
            events.Add(new RoutedEvent(store.Settings.UserOf(user!).Canonical(), new CustomerEvent
            {
                MessageId = $"list-{Guid.CreateVersion7(at)}",
                Source = ConsentEndpoints.Source,
                Kind = kind,
                At = at,
                Subject = list,
            }));
        }

        var outcomes = await router.RecordAsync(events);
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i] is { Kind: not (OutcomeKind.Recorded or OutcomeKind.Duplicate) } failed)
            {
                refused.Add(new ListRefusal(ids[i], failed.Code ?? "failed", failed.Message ?? "Send it again."));
            }
        }

        return Results.Ok(new ListChangeReply(list, asked.Add.Length + asked.Remove.Length - refused.Count, refused));
    }
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net.Mime;
using System.Text;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Deliveries;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Deliveries;

namespace ClvOrleans.Server.Api;

/// <summary>What is sent, what became of it, and what customers are shown.</summary>
internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder api)
    {
        api.MapGet("/deliveries", ListAsync).Answers<DeliveryPage>(400).WithTags("Deliveries").WithSummary("Deliveries, the latest first");
        api.MapGet("/deliveries/counts", async (OneStore store, IDeliveries deliveries) => Results.Ok(
            (await deliveries.CountAsync(store.Settings.Id))
                .Select(c => new DeliveryCountReply(c.Channel.Name(), c.State, c.Reason, c.Count))))
            .Answers<DeliveryCountReply[]>(400).WithTags("Deliveries").WithSummary("How many deliveries are in which state");
        api.MapGet("/deliveries/{id}", async (string id, OneStore store, IDeliveries deliveries) =>
            DeliveryId.IsValid(id) && await deliveries.FindAsync(store.Settings.Id, new DeliveryId(id)) is { } found
                ? Results.Ok(DeliveryReply.Of(found))
                : Unknown(id))
            .Answers<DeliveryReply>(400, 404).WithTags("Deliveries").WithSummary("A delivery");
        api.MapPost("/deliveries/{id}/retry", RetryAsync).Answers<RetryReply>(400, 404, 409).WithTags("Deliveries")
            .WithSummary("Send a dead delivery again").WithDescription("It is sent under its id; who had it already has it once.");
        api.MapPost("/deliveries/retry", RetryAllAsync).Answers<RetryReply>(400).WithTags("Deliveries")
            .WithSummary("Send dead deliveries again");
        api.MapGet("/customers/{id}/slots", SlotsAsync).Answers<SlotReply[]>(400, 404).WithCustomerId().WithTags("Customers")
            .WithSummary("What decisions have put into slots for a customer")
            .WithDescription("The latest of each slot that has not expired; nothing for a customer who has withdrawn their consent.");
        api.MapGet("/audiences/{name}", ExportAsync).Produces<string>(200, "text/csv").ProducesProblem(400).WithTags("Audiences")
            .WithSummary("The members of an audience as CSV")
            .WithDescription("Columns customer, kind, since, expires, delivery. Those who have withdrawn their consent are left out.");
    }

    private static async Task<IResult> ListAsync(
        [Description("Waiting, Handed, Sent, Dead or Cancelled. Default all.")] string? state,
        [Description("webhook, email, audience or slot. Default all.")] string? channel,
        [Description("What it is about. Default all.")] string? topic,
        [Description("Name of a subscription. Default all.")] string? subscription,
        [Description("next of the page before. Default the latest.")] long? before,
        [Description("Deliveries on a page, 1 to 1,000. Default 50."), Range(1, 1_000)] int? limit,
        OneStore store, IDeliveries deliveries)
    {
        var size = QueryText.Count("limit", limit, 50, 1, 1_000);
        var page = await deliveries.ListAsync(QueryOf(store, state, channel, topic, subscription), before ?? long.MaxValue, size);
        return Results.Ok(new DeliveryPage(
            [.. page.Select(d => DeliveryReply.Of(d.Delivery))], page.Count == size ? page[^1].Number : null));
    }

    private static async Task<IResult> RetryAsync(
        string id, OneStore store, IDeliveries deliveries, IGrainFactory grains, TimeProvider time)
    {
        if (!DeliveryId.IsValid(id) || await deliveries.FindAsync(store.Settings.Id, new DeliveryId(id)) is not { } found)
        {
            return Unknown(id);
        }

        if (!await deliveries.ReviveAsync(store.Settings.Id, found.Id, time.GetUtcNow()))
        {
            return ApiErrors.Problem(
                StatusCodes.Status409Conflict, "not_dead", $"Delivery '{id}' is {found.State}; only a dead one can be sent again.");
        }

        await grains.GetDeliveries(store.Settings.Id, found.Customer.ShardIn(store.Settings.Shards)).NudgeAsync();
        return Results.Ok(new RetryReply(1));
    }

    private static async Task<IResult> RetryAllAsync(
        [Description("webhook, email, audience or slot. Default all.")] string? channel,
        [Description("What they are about. Default all.")] string? topic,
        [Description("Name of a subscription. Default all.")] string? subscription,
        OneStore store, IDeliveries deliveries, TimeProvider time) =>
        Results.Ok(new RetryReply(
            await deliveries.ReviveAsync(QueryOf(store, null, channel, topic, subscription), time.GetUtcNow())));

    private static async Task<IResult> SlotsAsync(PathId customer, OneStore store, IGrainFactory grains, ShownSlots slots) =>
        await CustomerEndpoints.FindAsync(customer.Value, null, store.Settings, grains) is { } found
            ? Results.Ok(await slots.OfAsync(found.Id, found.View.Summary.Consents))
            : CustomerEndpoints.Unknown(customer);

    private static IResult ExportAsync(string name, OneStore store, AudienceMembers audiences) => Results.Stream(
        async stream =>
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
            await writer.WriteLineAsync("customer,kind,since,expires,delivery");
            await foreach (var (customer, delivery) in audiences.ReadAsync(store.Settings.Id, name))
            {
                var kind = customer.Kind == CustomerKind.Customer ? "customer" : "visitor";
                await writer.WriteLineAsync(
                    $"{Cell(customer.Id)},{kind},{Time(delivery.EndedAt)},{Time(delivery.ExpiresAt)},{delivery.Id}");
            }
        },
        MediaTypeNames.Text.Csv,
        $"{name}.csv");

    private static DeliveryQuery QueryOf(OneStore store, string? state, string? channel, string? topic, string? subscription) => new(
        store.Settings.Id,
        state is null ? null
            : Enum.GetNames<DeliveryState>().Contains(state, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<DeliveryState>(state, true)
            : throw new QueryException("state", $"'{state}' is not Waiting, Handed, Sent, Dead or Cancelled"),
        channel is null ? null
            : Enum.GetValues<ActionChannel>().Cast<ActionChannel?>().FirstOrDefault(c => c!.Value.Name() == channel)
                ?? throw new QueryException("channel", $"'{channel}' is not webhook, email, audience or slot"),
        topic, subscription);

    // A cell that a spreadsheet would take for a formula begins with an apostrophe.
    private static string Cell(string text)
    {
        var shown = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return shown.IndexOfAny([',', '"', '\n', '\r']) >= 0 ? $"\"{shown.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : shown;
    }

    private static string Time(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static IResult Unknown(string id) =>
        ApiErrors.Problem(StatusCodes.Status404NotFound, "unknown_delivery", $"There is no delivery '{id}'.");
}

using System.ComponentModel;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Repairs;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Api;

/// <summary>What an operator does about events that should never have been.</summary>
internal static class RepairEndpoints
{
    private const int Shown = 1_000;
    private const double Most = 1e18;

    public static void MapRepairs(this IEndpointRouteBuilder api)
    {
        api.MapGet("/repairs/orders", (
                [Description("Orders worth more than this, in major units of the store's currency; default 1,000,000,000, the most that is "
                    + "accepted.")]
                decimal? above,
                OneStore store, ExcessiveOrders orders,
                CancellationToken cancellation) => AnswerAsync(above, false, store, orders, cancellation))
            .Answers<RepairReply>(400).WithTags("Repairs").WithSummary("Orders above the limit")
            .WithDescription("Changes nothing. Cancelled and fully refunded orders are ignored.");
        api.MapPost("/repairs/orders", (
                [Description("As for GET: the orders that it shows are cancelled.")]
                decimal? above,
                OneStore store, ExcessiveOrders orders,
                CancellationToken cancellation) => AnswerAsync(above, true, store, orders, cancellation))
            .Answers<RepairReply>(400).WithTags("Repairs").WithSummary("Cancel orders above the limit")
            .WithDescription("Appends a cancellation for each order, with source clv-repair. Recorded events are not changed; a second "
                + "call finds no such orders.");
    }

    private static async Task<IResult> AnswerAsync(
        decimal? above, bool cancels, OneStore store, ExcessiveOrders orders, CancellationToken cancellation)
    {
        var limit = above ?? Currency.GreatestOrder;
        if (limit <= 0 || limit > (decimal)Most)
        {
            throw new QueryException("above", $"{limit} is not an amount above 0, up to 10^18");
        }

        var currency = store.Settings.Currency;
        var found = await orders.FindAsync(currency.Round(limit), cancellation).ToListAsync(cancellation);
        var cancelled = cancels ? await orders.CancelAsync(found) : 0;
        return Results.Ok(new RepairReply(
            currency.Code, limit, found.Count, cancelled,
            [.. found.Take(Shown).Select(o => new RepairedOrder(o.Customer.Id, o.OrderId, o.Day, currency.ToMajor(o.Value)))]));
    }
}

using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Market;
using ClvOrleans.Domain.Market;
using ClvOrleans.Grains.Market;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Api;

/// <summary>The market calendar: promotions, seasons, competitor activity.</summary>
internal static class MarketEndpoints
{
    public static void MapMarket(this IEndpointRouteBuilder api)
    {
        api.MapGet("/market", async (OneStore store, IGrainFactory grains) =>
            Results.Ok((await grains.GetMarket(store.Settings.Id).ReadAsync()).Calendar.Entries.Values))
            .Answers<MarketEntry[]>(400).WithTags("Market").WithSummary("All market entries, by id");
        api.MapPost("/market", PutAsync).Accepts<MarketEntry[]>("application/json", "*/*").AnswersNothing(400, 413)
            .WithTags("Market").WithSummary("Add or replace market entries")
            .WithDescription(
                "One entry or an array of up to 1,000. An entry with a known id replaces it; the same again changes nothing. Either all "
                    + "are kept or, "
                + "where one is wrong, none: the answer names it and its field. The content type is ignored.");
        api.MapDelete("/market/{id}", RemoveAsync).AnswersNothing(400, 404).WithTags("Market").WithSummary("Remove a market entry");
    }

    private static async Task<IResult> PutAsync(
        HttpRequest request, BodyReader bodies, OneStore store, IGrainFactory grains, MarketCache cache)
    {
        using var body = await bodies.ReadAsync(request, request.HttpContext.RequestAborted);
        if (!MarketBody.TryRead(body.Bytes, out var entries, out var problem))
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, problem.Code, problem.Message);
        }

        await grains.GetMarket(store.Settings.Id).PutAsync(new PutMarket(entries));
        cache.Forget(store.Settings.Id);
        return Results.NoContent();
    }

    private static async Task<IResult> RemoveAsync(string id, OneStore store, IGrainFactory grains, MarketCache cache)
    {
        if (!await grains.GetMarket(store.Settings.Id).RemoveAsync(id))
        {
            return ApiErrors.Problem(StatusCodes.Status404NotFound, "unknown_entry", $"There is no market entry '{id}'.");
        }

        cache.Forget(store.Settings.Id);
        return Results.NoContent();
    }
}

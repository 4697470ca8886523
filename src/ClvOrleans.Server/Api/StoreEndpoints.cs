using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Access;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Api;

/// <summary>The stores of the installation. A key of one store sees that store and no other.</summary>
internal static class StoreEndpoints
{
    private const string Tag = "Stores";

    public static void MapStores(this IEndpointRouteBuilder api)
    {
        api.MapGet("/stores", List).Answers<StoreList>(400).WithTags(Tag).WithSummary("The stores of the installation");
        api.MapGet("/stores/{store}", FindAsync).Answers<StoreDetail>(400, 404).WithTags(Tag)
            .WithSummary("One store, with its versions").WithDescription("Also of a closed store. Write keys and secrets are not shown.");
        api.MapPost("/stores", CreateAsync).Accepts<JsonElement>("application/json", "*/*").Answers<NewStoreReply>(400, 403, 409, 503)
            .WithTags(Tag).WithSummary("Make a store")
            .WithDescription(
                "The members of store.json; only id is needed. The answer holds the store's first write key. On return every silo knows "
                    + "the store.");
        api.MapPut("/stores/{store}", ChangeAsync).Accepts<JsonElement>("application/json", "*/*")
            .Answers<StoreReply>(400, 404, 409, 410, 503).WithTags(Tag).WithSummary("Change settings of a store")
            .WithDescription(
                "version is the one that was read; the other members are those of store.json that change. On return every silo uses "
                    + "them. 409 where another change came first, for a currency or time zone once there are events, or for other shards.");
        api.MapPost("/stores/{store}/close", CloseAsync).Answers<StoreReply>(400, 404, 503).WithTags(Tag)
            .WithSummary("Close a store for good")
            .WithDescription("It takes no events, answers no questions but who it was, and its background work ends. Its data stays.");
    }

    private static IResult List(HttpContext context, StoreDirectory stores) => Results.Ok(new StoreList(
        [.. stores.Stores.Where(s => MaySee(context, s.Id)).OrderBy(s => s.Record.CreatedIn).Select(StoreReply.Of)]));

    private static async Task<IResult> FindAsync(
        string store, HttpContext context, StoreDirectory stores, StoreKeeper keeper,
        CancellationToken cancellation)
    {
        var found = stores.Get(IdOf(context, store, stores));
        return Results.Ok(new StoreDetail(
            StoreReply.Of(found),
            [.. (await keeper.HistoryAsync(found.Id, cancellation)).Select(r => new StoreVersion(r.Version, r.At, r.By, r.IsClosed))]));
    }

    private static Task<IResult> CreateAsync(HttpRequest request, BodyReader bodies, StoreKeeper keeper) =>
        request.HttpContext.Features.Get<BoundStore>() is not null
            ? throw new StoreException(
                StatusCodes.Status403Forbidden, "other_store", "A key of one store makes no other; use a key of the installation.")
            : AnswerAsync(request, bodies, async members =>
            {
                var (store, key) = await keeper.CreateAsync(members, ByOf(request.HttpContext));
                return Results.Ok(new NewStoreReply(StoreReply.Of(store), key));
            });

    private static Task<IResult> ChangeAsync(
        string store, HttpRequest request, BodyReader bodies, StoreKeeper keeper, StoreDirectory stores)
    {
        var id = IdOf(request.HttpContext, store, stores);
        return AnswerAsync(request, bodies, async members =>
        {
            var version = members.FirstOrDefault(m => m.NameEquals("version")).Value is { ValueKind: JsonValueKind.Number } value
                && value.TryGetInt64(out var read) ? read
                : throw new FormatException($"version must be the version that was read, a number; GET /api/v1/stores/{id} has it.");
            return Results.Ok(StoreReply.Of(
                await keeper.ChangeAsync(id, version, [.. members.Where(m => !m.NameEquals("version"))], ByOf(request.HttpContext))));
        });
    }

    private static async Task<IResult> CloseAsync(
        string store, HttpContext context, StoreKeeper keeper, StoreDirectory stores,
        CancellationToken cancellation) =>
        Results.Ok(StoreReply.Of(await keeper.CloseAsync(IdOf(context, store, stores), ByOf(context), cancellation)));

    private static async Task<IResult> AnswerAsync(
        HttpRequest request, BodyReader bodies, Func<IReadOnlyCollection<JsonProperty>, Task<IResult>> answer)
    {
        using var body = await bodies.ReadAsync(request, request.HttpContext.RequestAborted);
        try
        {
            using var document = JsonBody.Parse(body.Bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? await answer([.. document.RootElement.EnumerateObject()])
                : throw new FormatException("""The body must be an object such as {"id":"shop-2","currency":"EUR"}.""");
        }
        catch (JsonException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_json", e.Message);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_store", e.Message);
        }
    }

    private static string ByOf(HttpContext context) => context.Features.Get<Caller>()?.Name ?? "api";

    // Another's store is as one that is not there.
    private static StoreId IdOf(HttpContext context, string name, StoreDirectory stores) =>
        StoreId.IsValid(name) && stores.TryFind(new StoreId(name)) is { } found && MaySee(context, found.Id)
            ? found.Id
            : throw StoreOfRequest.Unknown(name);

    private static bool MaySee(HttpContext context, StoreId store) =>
        context.Features.Get<BoundStore>() is not { } bound || bound.Store == store;
}

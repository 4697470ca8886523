using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClvOrleans.Domain.Stock;
using ClvOrleans.Grains.Recommendations;
using ClvOrleans.Intake.Stock;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Stock;

namespace ClvOrleans.Server.Api;

/// <summary>What the store has to sell.</summary>
internal static class StockEndpoints
{
    private static readonly StatementBody<StockStatement> Body = new(
        "statements", "invalid_stock", (json, context) => StockJson.Read(json, context.Store, context.Now), StockFile.Read);

    public static void MapStock(this IEndpointRouteBuilder api)
    {
        api.MapGet("/stock", ListAsync).Answers<StockPage>(400).WithTags("Stock").WithSummary("Products in stock, by id");
        api.MapPut("/stock", PutAsync).Accepts<StockReply[]>("application/json", "*/*").Answers<StockChangeReply>(400, 413)
            .WithTags("Stock").WithSummary("State what is in stock")
            .WithDescription(
                "A product or an array of up to 100,000, as JSON or as a table (CSV, workbook, Parquet) with the columns product_id, "
                + "units, price, currency, promoted, category, lead_days, at. What is not said of a product stays as it was; a statement "
                + "that is older than the last one of its product changes nothing. Either all count or none: the answer names the place. "
                + "Once it is answered, no recommendation holds a product without units.");
        api.MapDelete("/stock", RemoveAsync).AnswersNothing(400, 404).WithTags("Stock").WithSummary("Forget what was said of a product")
            .WithDescription("A product of which nothing is said can be recommended.");
    }

    private static async Task<IResult> ListAsync(
        [Description("Only this product.")]
        string? product,
        [Description("next of the page before.")]
        string? after,
        [Description("Products on a page, 1 to 10,000. Default 100."), Range(1, 10_000)]
        int? limit,
        OneStore store, ShelfCache shelves, CancellationToken cancellation)
    {
        var size = QueryText.Count("limit", limit, 100, 1, 10_000);
        var shelf = await shelves.OfAsync(store.Settings.Id, cancellation);
        ProductStock[] found = product is not null
            ? shelf.Products.TryGetValue(product, out var one) ? [one] : []
            : [.. shelf.Products.Values.Where(p => after is null || string.CompareOrdinal(p.Product, after) > 0).Take(size + 1)];
        var page = found.Take(size).Select(p => StockReply.Of(p, store.Settings.Currency)).ToArray();
        return Results.Ok(new StockPage(store.Settings.Currency.Code, page, found.Length > size ? page[^1].Product : null));
    }

    private static Task<IResult> PutAsync(
        HttpRequest request, BodyReader bodies, OneStore store, IProductShelf shelf, TimeProvider time, CancellationToken cancellation) =>
        Body.KeepAsync(
            request, bodies, store, time.GetUtcNow(),
            async read =>
            {
                await shelf.PutAsync(store.Settings.Id, read, CancellationToken.None);
                return new StockChangeReply(read.Length);
            },
            cancellation);

    private static async Task<IResult> RemoveAsync(
        [Description("The product.")]
        string? product,
        OneStore store, IProductShelf shelf, CancellationToken cancellation) =>
        product is null
            ? ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_product", "product is missing: say which, as ?product=p-100.")
            : await shelf.RemoveAsync(store.Settings.Id, product, cancellation) ? Results.NoContent()
            : ApiErrors.Problem(StatusCodes.Status404NotFound, "unknown_product", $"Nothing is said of a product '{product}'.");
}

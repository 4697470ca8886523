using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ClvOrleans.Domain.Stock;
using ClvOrleans.Grains.Recommendations;
using ClvOrleans.Intake.Files;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Stock;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Stock;

namespace ClvOrleans.Server.Api;

/// <summary>What the store has to sell.</summary>
internal static class StockEndpoints
{
    private const int MostStatements = 100_000;

    public static void MapStock(this IEndpointRouteBuilder api)
    {
        api.MapGet("/stock", ListAsync).Answers<StockPage>(400).WithTags("Stock").WithSummary("Products in stock, by id");
        api.MapPut("/stock", PutAsync).Accepts<StockReply[]>("application/json", "*/*").Answers<StockChangeReply>(400, 413)
            .WithTags("Stock").WithSummary("State what is in stock")
            .WithDescription(
                "A product or an array of up to 100,000, as JSON or as a table (CSV, workbook, Parquet) with the columns product_id, "
                + "units, price, currency, promoted, category, lead_days, at. What is not said of a product stays as it was; a statement "
                + "that is "
                + "older than the last one of its product changes nothing. Either all count or none: the answer names the place. Once it "
                + "is answered, no recommendation holds a product without units.");
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

    private static async Task<IResult> PutAsync(
        HttpRequest request, BodyReader bodies, OneStore store, IProductShelf shelf, TimeProvider time, CancellationToken cancellation)
    {
        using var body = await bodies.ReadAsync(request, cancellation);
        try
        {
            var statements = Read(body.Bytes, store, time.GetUtcNow());
            if (statements.Length > MostStatements)
            {
                throw new FormatException(
                    $"{statements.Length:#,##0} statements are more than {MostStatements:#,##0}; send them in parts.");
            }

            await shelf.PutAsync(store.Settings.Id, statements, CancellationToken.None);
            return Results.Ok(new StockChangeReply(statements.Length));
        }
        catch (JsonException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_json", e.Message);
        }
        catch (RefusedException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, e.Code, e.Message);
        }
        catch (Exception e) when (e is FormatException or HistoryFormatException)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_stock", e.Message);
        }
    }

    private static async Task<IResult> RemoveAsync(
        [Description("The product.")]
        string? product,
        OneStore store, IProductShelf shelf, CancellationToken cancellation) =>
        product is null
            ? ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_product", "product is missing: say which, as ?product=p-100.")
            : await shelf.RemoveAsync(store.Settings.Id, product, cancellation) ? Results.NoContent()
            : ApiErrors.Problem(StatusCodes.Status404NotFound, "unknown_product", $"Nothing is said of a product '{product}'.");

    private static ImmutableArray<StockStatement> Read(ReadOnlyMemory<byte> body, OneStore store, DateTimeOffset now)
    {
        if (body.Span.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] or [])
        {
            using var document = JsonBody.Parse(body);
            return StockJson.Read(document.RootElement, store.Settings, now);
        }

        using var file = HistoryFile.Read(new MemoryStream(body.ToArray()), body.Length);
        return [.. StockFile.Read(file.Lines, new HistoryContext { Store = store.Settings, Source = ConsentEndpoints.Source, Now = now })];
    }
}

using System.Text.RegularExpressions;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Intake.Webhooks;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Intake;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Webhooks;

/// <summary>The addresses that shops call. Whoever calls proves who they are by a signature over the body, before it is read.</summary>
internal static partial class WebhookEndpoints
{
    private const int LongestHeader = 200;

    public static void MapWebhooks(this WebApplication app)
    {
        Describe(app.MapPost("/webhooks/{source}", (
                string source, HttpRequest request, BodyReader bodies, StoreDirectory stores, StoreScopes services, TimeProvider time) =>
            AcceptAsync(StoreOfRequest.Open(stores.First, stores.First.Id.Value), source, request, bodies, services, time)))
            .WithSummary("Takes a webhook of a shop of the first store.");
        Describe(app.MapPost("/webhooks/{store}/{source}", (
                string store, string source, HttpRequest request, BodyReader bodies, StoreDirectory stores, StoreScopes services,
                TimeProvider time) =>
            AcceptAsync(
                StoreOfRequest.Open(StoreId.IsValid(store) ? stores.TryFind(new StoreId(store)) : null, store), source, request, bodies,
                services, time)))
            .WithSummary("Takes a webhook of a shop.");
        app.MapGa4();
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint) => endpoint.WithTags("Webhooks")
            .WithDescription(
                "source is the name of a source of kind shopify or woocommerce of the store. The signature is checked over the body as it "
                + "came. 200: it was judged, and what counts is durable; one that cannot count is kept as a dead letter. 401: the "
                + "signature is wrong. 503 asks to send it again after Retry-After seconds.")
            .Produces<TrackingReply>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(404).ProducesProblem(410)
            .ProducesProblem(413).ProducesProblem(429).ProducesProblem(503);

    private static async Task<IResult> AcceptAsync(
        KeptStore store, string source, HttpRequest request, BodyReader bodies, StoreScopes services, TimeProvider time)
    {
        var webhooks = services.Get<WebhookIntake>(store.Id);
        if (store.FindShop(source) is not { } shop)
        {
            BodyReader.Pass(request);
            return ApiErrors.Problem(
                StatusCodes.Status404NotFound, "unknown_source",
                "The store has no shop of this name; add it to its sources (store.json, or PUT /api/v1/stores/{id}).");
        }

        var signature = Signature.Read(request.Headers[Signature.HeaderOf(shop.Kind)]);
        var mayBePing = shop.Kind == SourceKind.WooCommerce && request.ContentLength is > 0 and < LongestHeader;
        if (signature is null && !mayBePing)
        {
            BodyReader.Pass(request);
            return WrongSignature(shop, webhooks);
        }

        using var body = await ReadAsync(request, bodies);
        if (signature is null && IsPing(body.Bytes.Span))
        {
            return Answer(webhooks.CountPing(shop.Name), request.HttpContext);
        }

        if (signature is null || !Signature.IsRight(body.Bytes.Span, signature, shop.Secrets))
        {
            return WrongSignature(shop, webhooks);
        }

        var (topic, deliveryId) = shop.Kind == SourceKind.Shopify
            ? (Header(request, "X-Shopify-Topic"), Header(request, "X-Shopify-Webhook-Id"))
            : (Header(request, "X-WC-Webhook-Topic"), Header(request, "X-WC-Webhook-Delivery-ID"));
        var delivery = new WebhookDelivery(shop.Name, topic?.ToLowerInvariant() ?? "", body.Bytes, time.GetUtcNow(), deliveryId);
        var reply = topic is null
            ? await webhooks.RefuseAsync(delivery, "missing_topic", "The header of the topic is missing; let the proxy pass all headers.")
            : await webhooks.AcceptAsync(delivery, shop.Kind);
        return Answer(reply, request.HttpContext);
    }

    // What is broken cannot have been signed as it came, and clients of the tracking API are not meant here: let the shop send it again.
    private static async Task<Body> ReadAsync(HttpRequest request, BodyReader bodies)
    {
        try
        {
            return await bodies.ReadAsync(request, request.HttpContext.RequestAborted);
        }
        catch (UnreadableBodyException e)
        {
            throw new BadHttpRequestException(e.Message, e);
        }
    }

    private static IResult WrongSignature(ShopSource shop, WebhookIntake webhooks)
    {
        webhooks.CountUnsigned(shop.Name);
        return ApiErrors.Problem(
            StatusCodes.Status401Unauthorized, "invalid_signature",
            $"{Signature.HeaderOf(shop.Kind)} is missing, or is not the signature of this body by a secret of the source.");
    }

    private static IResult Answer(TrackingReply reply, HttpContext context)
    {
        if (reply.Success)
        {
            return Results.Ok(reply);
        }

        context.Response.Headers.RetryAfter = "5";
        return Results.Json(reply, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static string? Header(HttpRequest request, string name) =>
        request.Headers[name].ToString() is { Length: > 0 and <= LongestHeader } value ? value : null;

    // WooCommerce tries a new webhook without a signature: webhook_id=142.
    private static bool IsPing(ReadOnlySpan<byte> body) => Ping().IsMatch(System.Text.Encoding.ASCII.GetString(body));

    [GeneratedRegex(@"\Awebhook_id=[0-9]{1,20}\s*\z")]
    private static partial Regex Ping();
}

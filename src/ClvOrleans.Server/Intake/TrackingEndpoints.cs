using System.Text.Json;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Server.Access;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Intake;

/// <summary>The tracking API that storefronts' clients speak.</summary>
internal static class TrackingEndpoints
{
    private static readonly string[] Batches = ["/v1/batch", "/v1/b", "/v1/import", "/beacon/v1/batch"];

    private static readonly (string Path, string Type)[] Singles =
    [
        ("/v1/track", "track"), ("/v1/t", "track"), ("/v1/identify", "identify"), ("/v1/i", "identify"), ("/v1/page", "page"),
        ("/v1/p", "page"),
        ("/v1/screen", "screen"), ("/v1/s", "screen"), ("/v1/group", "group"), ("/v1/g", "group"), ("/v1/alias", "alias"),
        ("/v1/a", "alias"),
    ];

    public static void MapTracking(this WebApplication app)
    {
        foreach (var path in Batches)
        {
            Describe(
                app.MapPost(
                    path,
                    (HttpRequest request, BodyReader bodies, StoreDirectory stores, StoreScopes services, Callers callers,
                        CallerLimits limits) =>
                        AcceptAsync(request, null, bodies, stores, services, callers, limits)))
                .WithSummary("Accepts a batch of events; each is judged on its own.")
                .AddOpenApiOperationTransformer((operation, _, _) => TrackingExamples.AddBatch(operation));
        }

        foreach (var (path, type) in Singles)
        {
            Describe(
                app.MapPost(
                    path,
                    (HttpRequest request, BodyReader bodies, StoreDirectory stores, StoreScopes services, Callers callers,
                        CallerLimits limits) =>
                        AcceptAsync(request, type, bodies, stores, services, callers, limits)))
                .WithSummary($"Takes one {type} event.")
                .AddOpenApiOperationTransformer((operation, _, _) => TrackingExamples.AddEvent(operation, type));
        }

        app.MapPost("/v1/m", () => new ClientMetricsReply(true)).WithTags("Tracking")
            .WithSummary("Takes the browser client's figures about itself, and forgets them.");
        app.MapClientSettings();
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint) => endpoint
        .WithTags("Tracking")
        .WithDescription(
            "Any content type; gzip, deflate or br; the write key as the user of Basic authorization, as writeKey in the body or in the "
                + "query. 200: every event was judged, and what counts is durable. 400, 401, 410 (the store is closed) and 413 are final, "
                + "429 and 503 ask to send again after Retry-After seconds; with success and failed in the answer all events but the failed ones "
                + "were judged, and are known when they are sent again.")
        .Produces<TrackingReply>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> AcceptAsync(
        HttpRequest request, string? type, BodyReader bodies, StoreDirectory stores, StoreScopes services, Callers callers,
        CallerLimits limits)
    {
        if (!await WriteKey.MayBeRightAsync(request, stores, callers))
        {
            BodyReader.Pass(request);
            return WrongKey(request.HttpContext, limits);
        }

        var aborted = request.HttpContext.RequestAborted;
        try
        {
            using var body = await bodies.ReadAsync(request, aborted);
            var batch = ReceivedBatch.Read(body.Bytes, type);
            if (await WriteKey.FindAsync(request, batch.WriteKey, stores, callers) is not var (store, source))
            {
                return WrongKey(request.HttpContext, limits);
            }

            var address = request.HttpContext.Connection.RemoteIpAddress;
            if (limits.TryEvents(store.Id, source, address, batch.Events.Count, body.Bytes.Length) is { } exceeded)
            {
                return exceeded.Answer(request.HttpContext);
            }

            var tracking = services.Get<TrackingIntake>(store.Id);
            return Whole(await tracking.AcceptAsync(batch, source, aborted, judged: body.EndTurn), request.HttpContext);
        }
        catch (UnreadableBodyException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, e.Code, e.Message);
        }
    }

    private static IResult WrongKey(HttpContext context, CallerLimits limits) =>
        limits.TryFailure(context.Connection.RemoteIpAddress)?.Answer(context) ?? ApiErrors.Problem(
        StatusCodes.Status401Unauthorized, "invalid_write_key",
        "The write key is missing, wrong, or differs between header, body and query.");

    // With its length: a client of HTTP/1.0 can keep its connection then. Clients can send a batch again only as a whole, and do so for any
    // 5xx.
    private static IResult Whole(TrackingReply reply, HttpContext context)
    {
        if (!reply.Success)
        {
            context.Response.StatusCode = reply.Failed.All(f => f.Code == EventOutcome.OverloadedCode)
                ? StatusCodes.Status429TooManyRequests
                : StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
        }

        return Results.Bytes(
            JsonSerializer.SerializeToUtf8Bytes(
                reply, context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions),
            "application/json; charset=utf-8");
    }
}

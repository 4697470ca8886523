using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Intake.Webhooks;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Intake;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Webhooks;

/// <summary>The address of Google Analytics 4's Measurement Protocol.</summary>
internal static class Ga4Endpoints
{
    private const string Topic = "mp/collect";

    public static void MapGa4(this WebApplication app) =>
        app.MapPost("/mp/collect", CollectAsync).WithTags("Webhooks")
            .WithSummary("Takes events of the Measurement Protocol of Google Analytics 4.")
            .WithDescription(
                "measurement_id and api_secret in the query are those of a source of kind ga4 of a store. 204, as Google answers: all "
                + "events were judged, and what counts is durable; what became of them is under /api/v1/sources. 401: the secret is wrong. "
                + "503 asks to send it again.")
            .Produces(204).ProducesProblem(400).ProducesProblem(401).ProducesProblem(410).ProducesProblem(413)
            .ProducesProblem(429).ProducesProblem(503);

    private static async Task<IResult> CollectAsync(
        HttpRequest request, BodyReader bodies, StoreDirectory stores, StoreScopes services, TimeProvider time)
    {
        var (id, secret) = (request.Query["measurement_id"].ToString(), request.Query["api_secret"].ToString());
        var named = stores.FindGa4(id).ToList();
        if (named.FirstOrDefault(s => Signature.IsSecret(secret, s.Source.Secrets)) is not { Source: { } source } found)
        {
            BodyReader.Pass(request);
            if (named is [var (store, only)])
            {
                services.Get<WebhookIntake>(store.Id).CountUnsigned(only.Name);
            }

            return ApiErrors.Problem(
                StatusCodes.Status401Unauthorized, "invalid_secret",
                "measurement_id or api_secret of the query is not that of a ga4 source of a store.");
        }

        var of = StoreOfRequest.Open(found.Store, found.Store.Id.Value).Id;
        var (tracking, webhooks) = (services.Get<TrackingIntake>(of), services.Get<WebhookIntake>(of));
        var aborted = request.HttpContext.RequestAborted;
        using var body = await bodies.ReadAsync(request, aborted);
        ReceivedBatch batch;
        try
        {
            batch = Ga4Events.Read(body.Bytes);
        }
        catch (RefusedException e)
        {
            await webhooks.RefuseAsync(new WebhookDelivery(source.Name, Topic, body.Bytes, time.GetUtcNow()), e.Code, e.Message);
            return Results.NoContent();
        }

        var reply = await tracking.AcceptAsync(batch, source.Name, aborted, judged: body.EndTurn);
        if (reply.Success)
        {
            return Results.NoContent();
        }

        request.HttpContext.Response.Headers.RetryAfter = "5";
        return ApiErrors.Problem(
            StatusCodes.Status503ServiceUnavailable, "failed",
            "Events could not be recorded now; send them again after Retry-After seconds.");
    }
}

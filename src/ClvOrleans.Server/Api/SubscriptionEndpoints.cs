using System.Text.Json;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Deliveries;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Deliveries;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Api;

/// <summary>Who is told of transitions and decisions.</summary>
internal static class SubscriptionEndpoints
{
    public static void MapSubscriptions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/subscriptions", async (OneStore store, ISubscriptions subscriptions) =>
            Results.Ok((await subscriptions.ListAsync(store.Settings.Id)).Select(s => SubscriptionReply.Of(s))))
            .Answers<SubscriptionReply[]>(400).WithTags("Deliveries").WithSummary("Webhooks that are told of transitions and decisions");
        api.MapPut("/subscriptions/{id}", PutAsync).Accepts<SubscriptionBody>("application/json", "*/*")
            .Answers<SubscriptionReply>(400, 409, 413).WithTags("Deliveries").WithSummary("Add or change a subscription")
            .WithDescription(
                "It is told of what happens from now on, by calls that are signed as Standard Webhooks are. A new one gets a secret, which "
                + "the answer shows once. An audience is told of audience.added, for customers who consent to it, and audience.removed.");
        api.MapPost("/subscriptions/{id}/secret", RotateAsync).Answers<SubscriptionReply>(400, 404).WithTags("Deliveries")
            .WithSummary("Give a subscription a new secret")
            .WithDescription("Calls are signed by the new and the previous one, until the next rotation.");
        api.MapDelete("/subscriptions/{id}", async (string id, OneStore store, ISubscriptions subscriptions) =>
            await subscriptions.RemoveAsync(store.Settings.Id, id) ? Results.NoContent() : Unknown(id))
            .AnswersNothing(400, 404).WithTags("Deliveries").WithSummary("Remove a subscription");
    }

    private static async Task<IResult> PutAsync(
        string id, HttpRequest request, BodyReader bodies, OneStore store, ISubscriptions subscriptions, IOptions<WebhookOptions> options,
        TimeProvider time)
    {
        if (!Subscription.IsName(id))
        {
            return ApiErrors.Problem(400, "invalid_subscription", $"'{id}' is not 1 to 63 of a-z, 0-9 and '-', a letter first.");
        }

        using var body = await bodies.ReadAsync(request, request.HttpContext.RequestAborted);
        SubscriptionBody asked;
        try
        {
            asked = SubscriptionBody.Read(body.Bytes, options.Value.AllowPrivate);
        }
        catch (JsonException e)
        {
            return ApiErrors.Problem(400, "invalid_json", e.Message);
        }
        catch (FormatException e)
        {
            return ApiErrors.Problem(400, "invalid_subscription", e.Message);
        }

        var known = await FindAsync(id, store, subscriptions);
        var secret = known is null ? WebhookSignature.NewSecret() : null;
        var subscription = new Subscription
        {
            Id = id,
            Url = asked.Url,
            Topics = asked.Topics,
            IsAudience = asked.Audience,
            Secrets = known?.Secrets ?? [secret!],
            Since = known?.Since ?? DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()),
        };
        return await subscriptions.TryPutAsync(store.Settings.Id, subscription)
            ? Results.Ok(SubscriptionReply.Of(subscription, secret))
            : ApiErrors.Problem(
                StatusCodes.Status409Conflict, "too_many_subscriptions",
                $"A store has at most {Subscription.Most} subscriptions; remove one.");
    }

    private static async Task<IResult> RotateAsync(string id, OneStore store, ISubscriptions subscriptions)
    {
        if (await FindAsync(id, store, subscriptions) is not { } known)
        {
            return Unknown(id);
        }

        var secret = WebhookSignature.NewSecret();
        var rotated = known with { Secrets = [secret, known.Secrets[0]] };
        await subscriptions.TryPutAsync(store.Settings.Id, rotated);
        return Results.Ok(SubscriptionReply.Of(rotated, secret));
    }

    private static async Task<Subscription?> FindAsync(string id, OneStore store, ISubscriptions subscriptions) =>
        (await subscriptions.ListAsync(store.Settings.Id)).FirstOrDefault(s => s.Id == id);

    private static IResult Unknown(string id) =>
        ApiErrors.Problem(StatusCodes.Status404NotFound, "unknown_subscription", $"There is no subscription '{id}'.");
}

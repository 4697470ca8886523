using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Api;

/// <summary>What customers consent to.</summary>
internal static class ConsentEndpoints
{
    /// <summary>The source of events that the API itself records.</summary>
    public const string Source = "clv-api";

    private const int MostPurposes = 100;

    public static void MapConsents(this IEndpointRouteBuilder api)
    {
        api.MapGet("/customers/{id}/consents", ReadAsync).Answers<ConsentsReply>(400, 404).WithCustomerId()
            .WithTags("Customers").WithSummary("What a customer consents to");
        api.MapPut("/customers/{id}/consents", PutAsync).Accepts<Dictionary<string, bool>>("application/json", "*/*")
            .Answers<ConsentsReply>(400, 413).WithCustomerId()
            .WithTags("Customers").WithSummary("Record what a customer consents to")
            .WithDescription(
                "An object of purposes with true or false: a channel (email, sms, push, ...), a topic on it (email/news), marketing as a "
                + "whole, or a use of data such as profiling. Purposes that are not named stay as they are. It is recorded as an event of "
                + "now; a customer who is not known yet becomes one.");
    }

    private static async Task<IResult> ReadAsync(PathId customer, OneStore store, IGrainFactory grains) =>
        await CustomerEndpoints.FindAsync(customer.Value, null, store.Settings, grains) is { } found
            ? Results.Ok(Reply(found.Id, found.View.Summary))
            : CustomerEndpoints.Unknown(customer);

    private static async Task<IResult> PutAsync(
        PathId customer, HttpRequest request, BodyReader bodies, OneStore store, IGrainFactory grains, EventRouter router,
        TimeProvider time)
    {
        using var body = await bodies.ReadAsync(request, request.HttpContext.RequestAborted);
        ImmutableSortedDictionary<string, bool> said;
        try
        {
            said = Read(body.Bytes);
        }
        catch (JsonException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_json", e.Message);
        }
        catch (FormatException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_consent", e.Message);
        }

        var (settings, now) = (store.Settings, time.GetUtcNow());
        var id = (await CustomerEndpoints.FindAsync(customer.Value, null, settings, grains))?.Id;
        if (id is null)
        {
            var user = IdRules.Read(customer.Value, IdKind.Customer, "The customer's id", out var refusal);
            if ((refusal ?? (user is null ? IdRules.Missing(IdKind.Customer, "The customer's id") : null)) is { } flaw)
            {
                return ApiErrors.Problem(StatusCodes.Status400BadRequest, flaw.Code, flaw.Message);
            }

            id = settings.UserOf(user!).Canonical();
        }

        var change = new CustomerEvent
        {
            MessageId = $"consent-{Guid.CreateVersion7(now)}",
            Source = Source,
            Kind = EventKind.ConsentChanged,
            At = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
            Consents = said,
        };
        var outcome = (await router.RecordAsync([new RoutedEvent(id.Value, change)]))[0];
        return outcome.Kind is OutcomeKind.Recorded or OutcomeKind.Duplicate
            && await CustomerEndpoints.FindAsync(customer.Value, null, settings, grains) is { } found
            ? Results.Ok(Reply(found.Id, found.View.Summary))
            : ApiErrors.Problem(StatusCodes.Status503ServiceUnavailable, outcome.Code ?? "failed", outcome.Message ?? "Send it again.");
    }

    private static ImmutableSortedDictionary<string, bool> Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object || document.RootElement.GetPropertyCount() is 0 or > MostPurposes)
        {
            throw new FormatException($"An object of 1 to {MostPurposes} purposes was expected, such as {{\"email\": true}}.");
        }

        var said = ImmutableSortedDictionary.CreateBuilder<string, bool>(StringComparer.Ordinal);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (!Consents.IsPurpose(member.Name))
            {
                throw new FormatException(
                    $"'{member.Name}' is not a purpose: a channel such as email, a topic on it such as email/news, marketing, or a use of "
                    + "data such as profiling; a-z, 0-9, '_' and '-', a letter first.");
            }

            said[member.Name] = member.Value.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw new FormatException($"{member.Name} {member.Value.GetRawText()} is not true or false."),
            };
        }

        return said.ToImmutable();
    }

    private static ConsentsReply Reply(CustomerId id, CustomerSummary summary) =>
        new(id.Id, summary.Consents.ToDictionary(c => c.Key, c => new ConsentReply(c.Value.IsGranted, c.Value.At)));
}

using System.ComponentModel;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Experiments;

namespace ClvOrleans.Server.Api;

/// <summary>What came of exposures and decisions.</summary>
internal static class OutcomeEndpoints
{
    public static void MapOutcomes(this IEndpointRouteBuilder api)
    {
        api.MapGet("/outcomes", ListAsync).Answers<OutcomeReply[]>(400).WithTags("Experiments")
            .WithSummary("What a customer was exposed to, what policies decided, and what came of it");
        api.MapGet("/outcomes/policies", async (OneStore store, IExperiments experiments, CancellationToken cancellation) =>
                Results.Ok((await experiments.EffectsAsync(store.Settings.Id, cancellation)).Select(PolicyEffectReply.Of)))
            .Answers<PolicyEffectReply[]>(400).WithTags("Experiments")
                .WithSummary("What each policy did against its own holdout, and what it cost");
    }

    private static async Task<IResult> ListAsync(
        [Description("A user id.")]
        string? customer,
        [Description("An anonymous id, in place of a user id.")]
        string? visitor,
        OneStore store, IExposures exposures, CancellationToken cancellation)
    {
        if ((customer is null) == (visitor is null))
        {
            throw new QueryException("customer", "one of customer and visitor is needed");
        }

        var (settings, currency) = (store.Settings, store.Settings.Currency);
        var id = customer is not null ? settings.UserOf(customer).Canonical() : settings.VisitorOf(visitor!);
        return Results.Ok((await exposures.OfCustomerAsync(id, cancellation)).Select(u => ReplyOf(u)));

        OutcomeReply ReplyOf(ExposedUnit unit)
        {
            var (exposure, outcome) = (unit.Exposure, unit.Outcome);
            return new OutcomeReply(
                exposure.Subject, exposure.Unit, exposure.Arm, exposure.At, exposure.Until, currency.ToMajor(exposure.Predicted),
                    outcome is not null,
                outcome?.Orders ?? 0, currency.ToMajor(outcome?.Spend ?? default), currency.ToMajor(outcome?.Margin ?? default),
                currency.ToMajor(outcome?.PredictedMargin ?? default), outcome?.Sent ?? 0, outcome?.Clicked ?? 0,
                    outcome?.Unsubscribed ?? 0);
        }
    }
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Server.Api;

/// <summary>What policies decided, and why.</summary>
internal static class DecisionEndpoints
{
    private const string Tag = "Decisions";
    private const int DefaultPage = 50;
    private const int MostInPage = 1_000;

    public static void MapDecisions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/decisions", ListAsync).Answers<DecisionPage>(400).WithTags(Tag)
            .WithSummary("Decisions with their reasons, the newest first")
            .WithDescription(
                "By policy, customer (c:ID or v:ID), outcome (Acted, HeldOut, Suppressed, Shadow, Waiting) and reason. The next page is "
                    + "that \"before\" the number of the last decision.");
        api.MapGet("/decisions/{decision}", FindAsync).Answers<DecisionReply>(400, 404).WithTags(Tag)
            .WithSummary("One decision with all that it rests on");
    }

    private static async Task<IResult> ListAsync(
        OneStore store, IDecisions decisions,
        [Description("Only of this policy.")] string? policy,
        [Description("Only of this customer: a user id, c:ID, or v:ID for a visitor."), StringLength(257)] string? customer,
        [Description("Only of this outcome.")] string? outcome,
        [Description("Only for this reason.")] string? reason,
        [Description("How many, 1 to 1,000. Default 50.")] int? limit,
        [Description("Only with a lower number than this.")] long? before)
    {
        var id = store.Settings.Id;
        var page = await decisions.QueryAsync(new DecisionQuery(
            id,
            QueryText.Count("limit", limit, DefaultPage, 1, MostInPage),
            policy is null
                ? null
                : PolicyId.IsValid(policy) ? new PolicyId(policy) : throw new QueryException("policy", $"'{policy}' is no policy"),
            customer is null ? null : CustomerOf(store, customer),
            Named<DecisionOutcome>("outcome", outcome),
            Named<DecisionReason>("reason", reason),
            before));
        return Results.Ok(new DecisionPage([.. page.Select(d => DecisionReply.Of(d, store.Settings.Currency))]));
    }

    private static async Task<IResult> FindAsync(string decision, OneStore store, IDecisions decisions) =>
        decision is { Length: 32 } && decision.All(char.IsAsciiHexDigitLower)
        && await decisions.FindAsync(store.Settings.Id, new DecisionId(decision)) is { } found
            ? Results.Ok(DecisionReply.Of(found, store.Settings.Currency))
            : ApiErrors.Problem(StatusCodes.Status404NotFound, "unknown_decision", $"There is no decision '{decision}'.");

    private static CustomerId CustomerOf(OneStore store, string text)
    {
        try
        {
            var isPlain = !text.StartsWith("c:", StringComparison.Ordinal) && !text.StartsWith("v:", StringComparison.Ordinal);
            var named = CustomerId.Parse(store.Settings.Id, isPlain ? $"c:{text}" : text);
            return (named with { Id = store.Settings.KeptId(named.Id) }).Canonical();
        }
        catch (FormatException e)
        {
            throw new QueryException("customer", e.Message.TrimEnd('.'));
        }
    }

    private static T? Named<T>(string name, string? text)
        where T : struct, Enum => text is null ? null
            : Enum.GetNames<T>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found ? Enum.Parse<T>(found)
            : throw new QueryException(name, $"'{text}' is not {string.Join(", ", Enum.GetNames<T>())}");
}

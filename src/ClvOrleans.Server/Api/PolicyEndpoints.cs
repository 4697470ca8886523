using System.ComponentModel;
using System.Text;
using System.Text.Json;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Definitions;
using ClvOrleans.Policies.Evaluation;
using ClvOrleans.Policies.ReadyMade;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Policies;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Api;

/// <summary>Policies: what is done for which customers, when, and within which limits.</summary>
internal static class PolicyEndpoints
{
    private const string Tag = "Policies";

    public static void MapPolicies(this IEndpointRouteBuilder api)
    {
        api.MapGet("/policies", ListAsync).Answers<PolicyList>(400).WithTags(Tag)
            .WithSummary("The policies of the store, with what they did");
        api.MapGet(
            "/policies/ready-made",
            () => Results.Ok(ReadyMadePolicies.All.Select(p => new ReadyMadePolicy(p.Key, JsonElement.Parse(p.Value)))))
            .Answers<ReadyMadePolicy[]>(400).WithTags(Tag).WithSummary("Definitions that can be used or changed");
        api.MapGet("/policies/terms", async (PolicyBookKeeper keeper) => Results.Ok(PolicyTermsReply.Of((await keeper.ReadAsync()).Terms)))
            .Answers<PolicyTermsReply>(400).WithTags(Tag).WithSummary("What holds for all policies");
        api.MapPut("/policies/terms", PutTermsAsync).Accepts<PolicyTermsReply>("application/json", "*/*")
            .Answers<PolicyTermsReply>(400, 413)
            .WithTags(Tag).WithSummary("Replace what holds for all policies")
            .WithDescription(
                "The kill switch, the caps of channels over all policies, and the control group. What is left out gets its default.");
        api.MapGet("/policies/{policy}", FindAsync).Answers<PolicyDetail>(400, 404).WithTags(Tag)
            .WithSummary("One policy, with every definition that it had");
        api.MapPut("/policies/{policy}", PutAsync).Accepts<JsonElement>("application/json", "*/*").Answers<PolicyReply>(400, 413)
            .WithTags(Tag)
            .WithSummary("Define or change a policy")
            .WithDescription(
                "A new policy begins with a shadow run: it decides, keeps what it would have done, and does nothing until its mode is "
                    + "live. A definition that cannot be used is refused with everything that is wrong with it.");
        api.MapDelete("/policies/{policy}", RemoveAsync).AnswersNothing(400, 404).WithTags(Tag).WithSummary("Remove a policy")
            .WithDescription("What is under way ends. Its decisions stay.");
        api.MapPost("/policies/{policy}/mode", SetModeAsync).Accepts<PolicyModeBody>("application/json", "*/*")
            .Answers<PolicyReply>(400, 404, 413)
            .WithTags(Tag).WithSummary("Set whether a policy acts: shadow, live, paused or stopped");
        api.MapPost("/policies/{policy}/evaluation", EvaluateAsync).Accepts<JsonElement>("application/json", "*/*")
            .Answers<PolicyEvaluation>(400, 404, 409, 413).WithTags(Tag).WithSummary("Judge a new definition by the decisions of a policy")
            .WithDescription(
                "Doubly robust, from the propensities that every decision keeps. Where the log cannot tell, the answer says why in "
                + "\"refusal\", and its figures are not to be used. Nothing is stored.");
    }

    private static async Task<IResult> ListAsync(PolicyBookKeeper keeper, OneStore store, PolicyReplies replies)
    {
        var book = await keeper.ReadAsync();
        var (all, price) = await replies.OfAsync(book.All);
        return Results.Ok(new PolicyList(book.Revision, store.Settings.Currency.Code, price, PolicyTermsReply.Of(book.Terms), all));
    }

    private static async Task<IResult> FindAsync(string policy, PolicyBookKeeper keeper, PolicyReplies replies) =>
        PolicyId.IsValid(policy) && (await keeper.ReadAsync()).All.FirstOrDefault(p => p.Id.Value == policy) is { } found
            ? Results.Ok(new PolicyDetail(
                await replies.OfAsync(found), [.. (await keeper.HistoryAsync(found.Id)).Select(PolicyRevision.Of)]))
            : Unknown(policy);

    private static Task<IResult> PutAsync(
        string policy, HttpRequest request, BodyReader bodies, PolicyBookKeeper keeper, PolicyReplies replies) =>
        CheckedAsync(request, bodies, async body => PolicyId.IsValid(policy)
            ? Results.Ok(await replies.OfAsync(await keeper.PutAsync(new PolicyId(policy), body)))
            : ApiErrors.Problem(
                StatusCodes.Status400BadRequest, "invalid_policy",
                $"id: '{policy}' is not a small letter and up to 62 of a-z, 0-9 and '-'."));

    private static async Task<IResult> RemoveAsync(string policy, PolicyBookKeeper keeper) =>
        PolicyId.IsValid(policy) && await keeper.RemoveAsync(new PolicyId(policy)) ? Results.NoContent() : Unknown(policy);

    private static Task<IResult> SetModeAsync(
        string policy, HttpRequest request, BodyReader bodies, PolicyBookKeeper keeper, PolicyReplies replies) =>
        CheckedAsync(request, bodies, async body => PolicyId.IsValid(policy)
            && await keeper.SetModeAsync(new PolicyId(policy), PolicyModeBody.Read(body))
                ? await FindAsync(policy, keeper, replies)
                : Unknown(policy));

    private static Task<IResult> PutTermsAsync(HttpRequest request, BodyReader bodies, PolicyBookKeeper keeper) => CheckedAsync(
        request, bodies, async body => Results.Ok(PolicyTermsReply.Of(await keeper.PutTermsAsync(PolicyTermsReply.Read(body)))));

    private static Task<IResult> EvaluateAsync(
        string policy, HttpRequest request, BodyReader bodies, PolicyBookKeeper keeper, PolicyTrials trials,
        [Description("Days after each decision whose margin counts, 1 to 365. Default 14.")] int? days,
        CancellationToken cancellation) => CheckedAsync(request, bodies, async body =>
    {
        var counted = QueryText.Count("days", days, PolicyEvaluator.DefaultDays, 1, 365);
        if (!PolicyId.IsValid(policy)
            || (await keeper.HistoryAsync(new PolicyId(policy))).FirstOrDefault(p => !p.IsRemoved) is not { } current)
        {
            return Unknown(policy);
        }

        var proposed = await keeper.CheckAsync(body);
        return await trials.FindAsync(proposed, await keeper.CheckAsync(current.Definition), counted, cancellation) is { } evaluation
            ? Results.Ok(evaluation)
            : ApiErrors.Problem(
                StatusCodes.Status409Conflict, "evaluation_runs", "Another evaluation is being made; ask again when it has ended.");
    });

    private static async Task<IResult> CheckedAsync(HttpRequest request, BodyReader bodies, Func<string, Task<IResult>> work)
    {
        using var body = await bodies.ReadAsync(request, request.HttpContext.RequestAborted);
        try
        {
            using var document = JsonBody.Parse(body.Bytes);
            return await work(Encoding.UTF8.GetString(body.Bytes.Span));
        }
        catch (JsonException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_json", e.Message);
        }
        catch (FormatException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_policy", e.Message);
        }
    }

    private static IResult Unknown(string policy) =>
        ApiErrors.Problem(StatusCodes.Status404NotFound, "unknown_policy", $"There is no policy '{policy}'.");
}

using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Policies;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A decision with its reason.</summary>
/// <param name="Number">Its number; later decisions have greater ones.</param>
/// <param name="Decision">Its id.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Customer">The customer, as c:ID or v:ID.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Outcome">What was decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="DueAt">When the action is due, or it is looked at again; null for neither.</param>
/// <param name="GivenBackAt">When its delivery failed for good, and what it took of the limits was given back; null where it was
/// not.</param>
/// <param name="Cost">What the action costs.</param>
/// <param name="ExpectedMargin">The margin that it is expected to add.</param>
/// <param name="Score">Margin - cost - λ cost.</param>
/// <param name="Propensity">With what probability the customer would have got the action.</param>
/// <param name="Currency">Currency of the amounts. Those within the inputs are in its minor units.</param>
/// <param name="Sentence">What was decided and why, in words.</param>
/// <param name="Inputs">All that it rests on.</param>
internal sealed record DecisionReply(
    long Number, string Decision, string Policy, string Customer, DateTimeOffset At, DecisionOutcome Outcome, DecisionReason Reason,
    DateTimeOffset? DueAt, DateTimeOffset? GivenBackAt, decimal Cost, decimal ExpectedMargin, double Score, double Propensity,
    string Currency, string Sentence, JsonElement Inputs)
{
    public static DecisionReply Of(DecisionRecord record, Currency currency)
    {
        var decision = record.Decision;
        return new DecisionReply(
            record.Number, decision.Id.Value, decision.Policy.Value, decision.Customer.ToText(), decision.Inputs.At, decision.Outcome,
            decision.Reason, decision.DueAt, record.GivenBackAt, currency.ToMajor(decision.Cost), currency.ToMajor(decision.ExpectedMargin),
            decision.Score / (double)currency.Round(1).Minor, decision.Propensity, currency.Code, DecisionSentence.Of(decision),
            JsonSerializer.SerializeToElement(decision, PoliciesJson.Default.Decision).GetProperty("inputs"));
    }
}

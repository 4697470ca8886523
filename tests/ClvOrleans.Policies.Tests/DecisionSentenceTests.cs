using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Policies.Tests;

/// <summary>Decisions in words.</summary>
public sealed class DecisionSentenceTests
{
    private static readonly PolicyEffect Measured = new(8, 1, EffectUnit.Amount, EffectSource.Measured, "policy/win-back 2026-06-01 n 900");

    [Fact]
    public void What_was_done_says_its_cost_and_gain_and_where_the_gain_is_known_from()
    {
        Assert.Equal(
            "Done: it costs 2.50 EUR and is expected to bring 6.40 EUR, as assumed.", Of(DecisionOutcome.Acted, DecisionReason.Worthwhile));
        Assert.Equal(
            "Held out, to measure the policy: it costs 2.50 EUR and is expected to bring 6.40 EUR, as measured.",
            Of(DecisionOutcome.HeldOut, DecisionReason.Holdout, i => i with { Effect = Measured }));
        Assert.Equal(
            "Held out with the control group of all policies: it costs 2.50 EUR and is expected to bring 6.40 EUR, as assumed.",
            Of(DecisionOutcome.HeldOut, DecisionReason.ControlGroup));
        Assert.Equal(
            "Would have been done if the policy were live: it costs 3 JPY and is expected to bring 6 JPY, as assumed.",
            Of(DecisionOutcome.Shadow, DecisionReason.Worthwhile, i => i with { Currency = "JPY" }, new Money(3), new Money(6)));
    }

    [Fact]
    public void What_waits_says_until_when()
    {
        Assert.Equal(
            "Under way: the next step is due 2026-03-02 08:30 UTC.", Of(DecisionOutcome.Waiting, DecisionReason.Step));
        Assert.StartsWith(
            "Put off until 2026-03-02 08:30 UTC: ", Of(DecisionOutcome.Waiting, DecisionReason.WaitingPays), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reason_for_which_nothing_is_done_has_words_of_its_own()
    {
        DecisionReason[] others =
        [
            DecisionReason.Worthwhile, DecisionReason.Explored, DecisionReason.Holdout, DecisionReason.ControlGroup,
            DecisionReason.WaitingPays, DecisionReason.Step,
        ];
        var sentences = Enum.GetValues<DecisionReason>().Except(others)
            .Select(r => (Reason: r, Sentence: Of(DecisionOutcome.Suppressed, r, i => i with { Rival = new PolicyId("thank-the-best") })))
            .ToList();
        Assert.All(sentences, s => Assert.NotEqual($"Not done: {s.Reason}.", s.Sentence));
        Assert.Equal(sentences.Count, sentences.Select(s => s.Sentence).Distinct(StringComparer.Ordinal).Count());
        Assert.Contains(sentences, s => s.Sentence == "Not done: policy thank-the-best gains more with the customer.");
    }

    [Fact]
    public void A_refused_consent_is_told_from_one_that_was_never_given()
    {
        Assert.Equal(
            "Not done: the customer has not consented.",
            Of(DecisionOutcome.Suppressed, DecisionReason.Consent, i => i with { Consent = ConsentStanding.Unknown }));
        Assert.Equal(
            "Not done: the customer has refused or withdrawn their consent.",
            Of(DecisionOutcome.Suppressed, DecisionReason.Consent, i => i with { Consent = ConsentStanding.Denied }));
    }

    private static string Of(
        DecisionOutcome outcome, DecisionReason reason, Func<DecisionInputs, DecisionInputs>? change = null, Money? cost = null,
        Money? margin = null)
    {
        var inputs = Decided.Inputs() with { Effect = new PolicyEffect(8, 8, EffectUnit.Amount, EffectSource.Assumed) };
        return DecisionSentence.Of(new Decision
        {
            Id = DecisionId.Of(inputs.Customer, new PolicyId("win-back"), inputs.Occasion),
            Customer = inputs.Customer,
            Policy = new PolicyId("win-back"),
            Outcome = outcome,
            Reason = reason,
            Cost = cost ?? new Money(250),
            ExpectedMargin = margin ?? new Money(640),
            DueAt = new DateTimeOffset(2026, 3, 2, 8, 30, 0, TimeSpan.Zero),
            Inputs = change?.Invoke(inputs) ?? inputs,
        });
    }
}

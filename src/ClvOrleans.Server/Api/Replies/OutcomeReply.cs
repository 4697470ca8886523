namespace ClvOrleans.Server.Api.Replies;

/// <summary>An exposure of a customer, and what came of it.</summary>
/// <param name="Subject">experiment/ID, or policy/ID.</param>
/// <param name="Unit">The identity that was exposed, or the decision.</param>
/// <param name="Arm">The arm; of a policy acted or held-out.</param>
/// <param name="At">When.</param>
/// <param name="Until">The last local day of its window.</param>
/// <param name="PredictedMargin">Predicted margin at the exposure.</param>
/// <param name="IsMeasured">Whether the outcome is known; what follows is 0 before.</param>
/// <param name="Orders">Purchases within the window.</param>
/// <param name="Spend">Their value, refunds of the window taken off.</param>
/// <param name="Margin">Their margin.</param>
/// <param name="MarginAhead">Predicted margin at the window's end, for the rest of the horizon.</param>
/// <param name="Sent">Messages sent.</param>
/// <param name="Clicked">Links followed.</param>
/// <param name="Unsubscribed">Unsubscriptions and complaints.</param>
internal sealed record OutcomeReply(
    string Subject, string Unit, string Arm, DateTimeOffset At, DateOnly Until, decimal PredictedMargin, bool IsMeasured, int Orders,
    decimal Spend, decimal Margin, decimal MarginAhead, int Sent, int Clicked, int Unsubscribed);

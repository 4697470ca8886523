namespace ClvOrleans.Valuation.Reviews;

/// <summary>A review that says in words and in stars what somebody thought.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Rating">The rating, in hundredths of a star.</param>
/// <param name="Text">The words.</param>
public sealed record RatedReview(DateTimeOffset At, int Rating, string Text);

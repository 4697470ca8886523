namespace ClvOrleans.Valuation.Trainings;

/// <summary>A line of a training's log.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What was done or found.</param>
public sealed record LogLine(DateTimeOffset At, string Text);

using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>Trainings that have ended.</summary>
/// <param name="Trainings">The latest first.</param>
internal sealed record TrainingList(IReadOnlyList<TrainingRecord> Trainings);

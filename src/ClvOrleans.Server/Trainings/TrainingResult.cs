using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Server.Trainings;

/// <summary>What came of a training.</summary>
/// <param name="Record">How it went.</param>
/// <param name="Versions">The new versions, the best first; empty where it changed nothing.</param>
/// <param name="Refusal">Why the data carry no model; null where they do.</param>
internal sealed record TrainingResult(TrainingRecord Record, IReadOnlyList<ModelVersion> Versions, string? Refusal = null);

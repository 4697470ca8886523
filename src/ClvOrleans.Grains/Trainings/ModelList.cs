using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Grains.Trainings;

/// <summary>The trained models of a store.</summary>
/// <param name="Champion">The promoted model: prior before the first training.</param>
/// <param name="Generation">Counts the changes of champion, from 1; 0 for the prior.</param>
/// <param name="Models">All versions, newest first; from a training, the new ones, the promoted one first.</param>
/// <param name="Problem">Why the model that was promoted last is not in use; null where it is.</param>
public sealed record ModelList(string Champion, int Generation, IReadOnlyList<ModelVersion> Models, string? Problem = null);

using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>The trained models of a store.</summary>
/// <param name="Champion">The model in force: prior before the first training.</param>
/// <param name="Generation">Counts the changes of champion, from 1; 0 for the prior.</param>
/// <param name="Models">All versions, newest first; from a training, the new ones, the one in force first.</param>
/// <param name="Problem">Why the model that was put in force last is not the one in force; null where it is.</param>
internal sealed record ModelList(string Champion, int Generation, IReadOnlyList<ModelVersion> Models, string? Problem = null);

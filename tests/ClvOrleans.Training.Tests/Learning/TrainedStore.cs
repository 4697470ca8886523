using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Training.Tests.Learning;

/// <summary>A store with what a training made of it.</summary>
/// <param name="Past">Its history.</param>
/// <param name="Versions">The versions, the promoted one first.</param>
internal sealed record TrainedStore(StoreHistory Past, IReadOnlyList<ModelVersion> Versions);

using ClvOrleans.Model.Estimates;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>One model.</summary>
/// <param name="IsChampion">Whether it is in force.</param>
/// <param name="Model">The model: parameters, likelihood, the data it has seen.</param>
internal sealed record ModelDetail(bool IsChampion, ModelVersion Model);

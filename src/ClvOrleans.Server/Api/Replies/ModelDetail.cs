using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>One model.</summary>
/// <param name="IsChampion">Whether it is the champion.</param>
/// <param name="Model">The model: parameters, likelihood, the data it has seen.</param>
/// <param name="Promotions">When and why it was promoted, the latest first; empty where it never was.</param>
/// <param name="Log">The log of its training; empty for the prior.</param>
internal sealed record ModelDetail(bool IsChampion, ModelVersion Model, IReadOnlyList<Promotion> Promotions, IReadOnlyList<LogLine> Log);

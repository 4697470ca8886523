using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>How the model in force came to be.</summary>
/// <param name="Champion">The model in force: prior before the first training.</param>
/// <param name="Previous">What a roll-back would put in force; null where there is none.</param>
/// <param name="Promotions">All changes of champion, the latest first.</param>
internal sealed record ModelHistory(string Champion, string? Previous, IReadOnlyList<Promotion> Promotions);

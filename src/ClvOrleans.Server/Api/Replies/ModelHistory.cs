using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>How the champion came to be.</summary>
/// <param name="Champion">The promoted model: prior before the first training.</param>
/// <param name="Previous">What a roll-back would promote; null where there is none.</param>
/// <param name="Promotions">All changes of champion, the latest first.</param>
internal sealed record ModelHistory(string Champion, string? Previous, IReadOnlyList<Promotion> Promotions);

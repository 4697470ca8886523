using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Recommendations.Ranking;

/// <summary>A product that is recommended.</summary>
/// <param name="Product">The shop's id.</param>
/// <param name="Category">Its category; null where unknown.</param>
/// <param name="Price">Its price; null where unknown.</param>
/// <param name="IsRepeat">Whether the customer bought it before.</param>
/// <param name="Score">Compares products of one answer only.</param>
/// <param name="Reasons">Why; at least one, the main one first.</param>
public sealed record Recommendation(
    string Product, string? Category, Money? Price, bool IsRepeat, double Score, ImmutableArray<Reason> Reasons);

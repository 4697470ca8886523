using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Learning;

/// <summary>How well a kind of association finds new products.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Setting">λ of EASE, or the power of item-kNN.</param>
/// <param name="Recall">Recall@10 of new products on the validation part.</param>
public sealed record AssociationScore(AssociationKind Kind, double Setting, double Recall);

namespace ClvOrleans.Valuation.Trainings;

/// <summary>What a training learned for recommendations.</summary>
/// <param name="Products">Products that were bought.</param>
/// <param name="Customers">Customers who bought them.</param>
/// <param name="HeldOut">Customers whose last basket was held out to choose by; 0 where nobody has two.</param>
/// <param name="Recall">Share of these baskets among the first ten recommended, optimistic since it was chosen by.</param>
/// <param name="Variants">How many blends and kinds of associations were looked at.</param>
/// <param name="Associations">How products that go together were found.</param>
public sealed record RecommendationTrial(int Products, int Customers, int HeldOut, double Recall, int Variants, string Associations);

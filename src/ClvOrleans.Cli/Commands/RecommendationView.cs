using ClvOrleans.Recommendations.Backtests;
using ClvOrleans.Recommendations.Learning;
using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Cli.Commands;

/// <summary>A backtest of recommendations for machines.</summary>
/// <param name="Customers">Customers judged.</param>
/// <param name="Products">Products in their histories.</param>
/// <param name="Blend">The weights that were learned.</param>
/// <param name="Associations">How well each kind of association found new products on the validation part.</param>
/// <param name="Variants">How many blends and kinds were looked at.</param>
/// <param name="ValidationRecall">Recall@10 on the validation part, by which the blend was chosen.</param>
/// <param name="Rows">Baselines and models.</param>
internal sealed record RecommendationView(
    int Customers, int Products, Blend Blend, IReadOnlyList<AssociationScore> Associations, int Variants, double ValidationRecall,
    IReadOnlyList<BacktestRow> Rows)
{
    /// <summary>What a backtest found.</summary>
    public static RecommendationView Of(RecommendationBacktestResult result) => new(
        result.Customers, result.Products, result.Learned.Model.Blend, result.Learned.Associations, result.Learned.Variants,
        result.Learned.ValidationRecall, result.Rows);
}

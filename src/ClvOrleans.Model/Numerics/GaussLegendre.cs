namespace ClvOrleans.Model.Numerics;

/// <summary>Gauss-Legendre quadrature of fixed order: smooth integrands, no allocation but the rule.</summary>
internal static class GaussLegendre
{
    private static readonly MathNet.Numerics.Integration.GaussLegendreRule Rule = new(-1, 1, 24);

    /// <summary>Abscissas and weights on [0, <paramref name="end"/>].</summary>
    public static IEnumerable<(double At, double Weight)> Nodes(double end)
    {
        for (var i = 0; i < Rule.Order; i++)
        {
            yield return ((Rule.GetAbscissa(i) + 1) * end / 2, Rule.GetWeight(i) * end / 2);
        }
    }
}

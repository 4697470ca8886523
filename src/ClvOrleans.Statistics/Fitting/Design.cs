using System.Collections.Immutable;

namespace ClvOrleans.Statistics.Fitting;

/// <summary>
/// How static covariates move the parameters of a customer: parameter j of group g is p_j e^(sign_j γ_j · z_g). Groups are the distinct
/// covariates; without effects there is one.
/// </summary>
internal sealed class Design
{
    private readonly int _size;
    private readonly double[][] _covariates;
    private readonly (int Parameter, int Covariate, double Sign)[] _effects;

    /// <summary>A design of given effects.</summary>
    /// <param name="size">Number of the family's parameters.</param>
    /// <param name="covariates">Covariates of each group.</param>
    /// <param name="effects">Which parameter each effect moves by which covariate, and whether up (1) or down (-1).</param>
    /// <param name="names">Names of the effects.</param>
    public Design(int size, double[][] covariates, (int Parameter, int Covariate, double Sign)[] effects, ImmutableArray<string> names)
    {
        (_size, _covariates, _effects, Names) = (size, covariates, effects, names);
    }

    /// <summary>Names of the effects.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Number of effects.</summary>
    public int Effects => _effects.Length;

    /// <summary>Number of groups.</summary>
    public int Groups => _covariates.Length;

    /// <summary>One group without covariates.</summary>
    public static Design None(int size) => new(size, [[]], [], []);

    /// <summary>Parameters of every group from logarithms and effects.</summary>
    public void Expand(double[] at, double[] local)
    {
        for (var g = 0; g < Groups; g++)
        {
            for (var j = 0; j < _size; j++)
            {
                local[(g * _size) + j] = Math.Exp(at[j]);
            }

            for (var e = 0; e < _effects.Length; e++)
            {
                var (parameter, covariate, sign) = _effects[e];
                local[(g * _size) + parameter] *= Math.Exp(sign * at[_size + e] * _covariates[g][covariate]);
            }
        }
    }

    /// <summary>Gradient by logarithms and effects from the gradient by the groups' parameters.</summary>
    public void Contract(double[] local, double[] byLocal, double[] gradient)
    {
        Array.Clear(gradient);
        for (var g = 0; g < Groups; g++)
        {
            for (var j = 0; j < _size; j++)
            {
                gradient[j] += byLocal[(g * _size) + j] * local[(g * _size) + j];
            }

            for (var e = 0; e < _effects.Length; e++)
            {
                var (parameter, covariate, sign) = _effects[e];
                var at = (g * _size) + parameter;
                gradient[_size + e] += byLocal[at] * local[at] * sign * _covariates[g][covariate];
            }
        }
    }
}

using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Valuation.Levels;

/// <summary>How far the store's level may be off over a horizon.</summary>
/// <param name="Days">The horizon.</param>
/// <param name="Error">The distribution.</param>
public sealed record HorizonError(int Days, LevelError Error)
{
    /// <summary>The error over any horizon: between horizons a line over their logarithm, beyond them the nearest.</summary>
    /// <param name="errors">Errors by horizon, the shortest first; at least one.</param>
    /// <param name="horizon">The horizon.</param>
    public static LevelError At(ImmutableArray<HorizonError> errors, Horizon horizon)
    {
        var next = 0;
        while (next < errors.Length && errors[next].Days < horizon.Days)
        {
            next++;
        }

        if (next == 0 || next == errors.Length)
        {
            return errors[Math.Min(next, errors.Length - 1)].Error;
        }

        var (a, b) = (errors[next - 1], errors[next]);
        var share = Math.Log((double)horizon.Days / a.Days) / Math.Log((double)b.Days / a.Days);
        return new LevelError(
            a.Error.DegreesOfFreedom + (share * (b.Error.DegreesOfFreedom - a.Error.DegreesOfFreedom)),
            a.Error.Scale + (share * (b.Error.Scale - a.Error.Scale)));
    }
}

namespace ClvOrleans.Training.Movements;

/// <summary>The days of one cause.</summary>
/// <param name="Cause">What was done on the day.</param>
/// <param name="Days">How many days of all customers.</param>
/// <param name="Share">Their share of all squared increments: what moves values.</param>
/// <param name="DriftAfter">Mean increment of the day after one: 0 where nothing is forgotten and nothing overdone.</param>
/// <param name="DriftError">Its standard error, customers being independent.</param>
public sealed record MovementGroup(MovementCause Cause, long Days, double Share, double DriftAfter, double DriftError)
{
    /// <summary>Whether the drift is more than three standard errors away from 0.</summary>
    public bool Drifts => Math.Abs(DriftAfter) > 3 * DriftError;
}

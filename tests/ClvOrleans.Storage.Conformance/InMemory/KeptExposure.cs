using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <summary>An exposure and its outcome.</summary>
/// <param name="Exposure">The exposure.</param>
/// <param name="Outcome">The outcome; null where it was not measured.</param>
/// <param name="Sequence">At which sequence of the customer it was measured; -1 is none.</param>
/// <param name="IsSettled">Whether it is due no more.</param>
internal sealed record KeptExposure(Exposure Exposure, Outcome? Outcome = null, long Sequence = -1, bool IsSettled = false)
{
    public ExposedUnit Unit => new(Exposure, Outcome);
}

namespace ClvOrleans.Grains.Trainings;

/// <summary>What is asked of a drift report, whose subject is the version.</summary>
/// <param name="Night">
/// The night that asks for it: predictions are kept, and a training follows where it is due. Null for anyone else.
/// </param>
public sealed record DriftRequest(DateTimeOffset? Night = null);

namespace ClvOrleans.Statistics.Experiments;

/// <summary>What an experiment needs, said before its start.</summary>
/// <param name="Units">Units in both arms together that show the wanted effect with the wanted power.</param>
/// <param name="Days">Days until so many have come; null where they never do.</param>
/// <param name="DetectableEffect">The least effect that is found with the wanted power by the end of the longest duration.</param>
/// <param name="HasPower">
/// Whether the wanted effect is found within the longest duration. An experiment without power is not to be started.
/// </param>
public sealed record ExperimentPlan(long Units, int? Days, double DetectableEffect, bool HasPower);

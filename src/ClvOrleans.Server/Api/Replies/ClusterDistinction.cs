namespace ClvOrleans.Server.Api.Replies;

/// <summary>How a cluster differs in one feature.</summary>
/// <param name="Feature">The feature, as in the centroid.</param>
/// <param name="Deviations">How many standard deviations, of its logarithm, the middle lies above the mean of all buyers.</param>
internal sealed record ClusterDistinction(string Feature, double Deviations);
